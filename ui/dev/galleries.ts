// The galleries of the fake desk.
import type { GalleryView, ImageView } from '../src/generated';

export function imageOf(part: Partial<ImageView> & { local_id: string }): ImageView {
  return { picture: 'a'.repeat(64), url: 'https://pictures.example/a.jpg', caption: '', sync: 'saved', ...part };
}

export function galleryOf(part: Partial<GalleryView> & { local_id: string }): GalleryView {
  return { name: '', images: [], sync: 'saved', pending: [], undo: [], ...part };
}
