// The ways in which a File's bytes can be had.

/**
 * Gives each piece of the file to `take`, in order. `how` is `byob:MiB` (a reader that fills the same buffer again and
 * again), `slice:MiB:DEPTH` (slices, so many under way at once) or `stream` (the default reader).
 */
export async function pieces(file, how, take) {
  const [kind, size, depth] = how.split(":");
  if (kind === "byob") return byob(file, size * 2 ** 20, take);
  if (kind === "slice") return slices(file, size * 2 ** 20, Number(depth), take);
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

async function byob(file, size, take) {
  // Held in a global: a reader that nothing else holds may be collected in the middle of a read, which then never settles.
  const reader = (self.kept = file.stream().getReader({ mode: "byob" }));
  let buffer = new ArrayBuffer(size);
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(buffer));
    if (value?.length) take(value);
    if (done) return;
    buffer = value.buffer;
  }
}

async function slices(file, size, depth, take) {
  const underWay = [];
  let at = 0;
  const ask = () => {
    if (at >= file.size) return;
    underWay.push(file.slice(at, at + size).arrayBuffer());
    at += size;
  };
  for (let i = 0; i < depth; i++) ask();
  while (underWay.length) {
    const piece = await underWay.shift();
    ask();
    take(new Uint8Array(piece));
  }
}
