export { connectChanges, onChange, onLeaving, onOpen } from './changes';
export { asFailure, command, DeskFailure, preparePicture, sayWithFile } from './commands';
export { chatPictureUrl, mediaUrl } from './media';
export { preventReload } from './reload';
