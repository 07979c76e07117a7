// Codes from pictures: a chosen file or a frame of the camera goes to the core, its texts come back.
import { toBase64 } from '../../lib/bytes';
import { call } from '../../lib/calls';
import { CallError } from '../../lib/errors';
import { photoFileBytesMax } from '../../lib/photo';

/** The texts of all codes in a picture. Errors: `photo-too-large`, `no-code-found`, and the core's own. */
export async function textsIn(picture: Blob): Promise<string[]> {
  if (picture.size > photoFileBytesMax) throw new CallError('photo-too-large');
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const symbols = await call('read_image', { image_base64: toBase64(bytes) });
  if (symbols.length === 0) throw new CallError('no-code-found');
  return symbols.map((symbol) => symbol.text);
}
