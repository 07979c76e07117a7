// A photo from a file input, shrunk before it is kept or sent: at most 1600 pixels on the longer side, JPEG.
import { sha256Hex, toBase64 } from './bytes';
import { CallError } from './errors';
import { fit } from './size';

export { fit } from './size';

/** Longest side of a kept photo, pixels. */
export const photoSidePxMax = 1600;
/** Largest file taken from a picker, bytes. */
export const photoFileBytesMax = 40 * 1024 * 1024;
const quality = 0.8;

/** A shrunk photo: JPEG bytes, size in pixels, SHA-256 in hex where the browser can make one. */
export interface Photo {
  bytes: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
  sha256: string | null;
}

/** The JPEG of a canvas as bytes; rejects with `internal` when the engine gives none. */
export async function jpegOf(canvas: HTMLCanvasElement, jpegQuality: number): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', jpegQuality));
  if (blob === null) throw new CallError('internal', { detail: 'no JPEG from canvas' });
  return new Uint8Array(await blob.arrayBuffer());
}

/** Shrinks a picked file. Errors: `photo-too-large`, `not-an-image`. */
export async function photoFromFile(file: Blob): Promise<Photo> {
  if (file.size > photoFileBytesMax) throw new CallError('photo-too-large');
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new CallError('not-an-image');
  }
  const size = fit(picture.width, picture.height, photoSidePxMax);
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, size.width, size.height);
  picture.close();
  const bytes = await jpegOf(canvas, quality);
  return { bytes, ...size, sha256: await sha256Hex(bytes) };
}

/** A picked picture, shrunk, as base64 for `read_image` and the like. Errors as in `photoFromFile`. */
export async function base64FromFile(file: Blob): Promise<string> {
  return toBase64((await photoFromFile(file)).bytes);
}
