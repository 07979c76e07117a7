// Codes in a picked picture. The file goes to the core as it is: shrinking could blur the bars away.
import { toBase64 } from '../../lib/bytes';
import { call } from '../../lib/calls';
import { CallError } from '../../lib/errors';

/** Largest picture that the core takes, bytes. */
export const pictureBytesMax = 24 * 1024 * 1024;

/** The texts of all codes in a picture. Errors: `photo_too_large`, `no_code_found`, and the core's own. */
export async function textsIn(picture: Blob): Promise<string[]> {
  if (picture.size > pictureBytesMax) throw new CallError('photo_too_large');
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const symbols = await call('read_image', { image_base64: toBase64(bytes) });
  if (symbols.length === 0) throw new CallError('no_code_found');
  return symbols.map((symbol) => symbol.text);
}
