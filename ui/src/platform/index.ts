export { connectChanges, onChange, onLeaving, onOpen, onQuit } from './changes';
export { asFailure, command, DeskFailure, preparePicture, sayWithFile } from './commands';
export { chatPictureUrl, mediaUrl } from './media';
export { preventReload } from './reload';
