// The floor: all bytes of the File into memory and nothing else. Options: `how`, as in lib/pieces.js.
import { pieces } from "../lib/pieces.js";

export async function init() {}

export async function run(file, { how }) {
  let bytes = 0;
  await pieces(file, how, (piece) => (bytes += piece.length));
  if (bytes !== file.size) throw new Error(`${bytes} bytes of ${file.size} were read`);
}
