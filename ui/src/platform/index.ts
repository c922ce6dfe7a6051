export { connectChanges, onChange, onLeaving, onOpen } from './changes';
export { asFailure, command, DeskFailure, preparePicture } from './commands';
export { mediaUrl } from './media';
export { preventReload } from './reload';
