// The rules engine as a WebAssembly module: a document's text in, its answer's text out.

const LENGTH_BYTES = 4;

/** Makes `dryRun(text) -> text` from the module's bytes. */
export async function engineOf(bytes) {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const { memory, carrot_reserve, carrot_release, carrot_dry_run } = instance.exports;
  return (text) => {
    const document = new TextEncoder().encode(text);
    const room = carrot_reserve(document.length);
    new Uint8Array(memory.buffer, room, document.length).set(document);
    const told = carrot_dry_run(room, document.length);
    // The memory may have grown and moved meanwhile: look at it anew.
    const length = new DataView(memory.buffer).getUint32(told, true);
    const answer = new TextDecoder().decode(new Uint8Array(memory.buffer, told + LENGTH_BYTES, length));
    carrot_release(told, length + LENGTH_BYTES);
    carrot_release(room, document.length);
    return answer;
  };
}
