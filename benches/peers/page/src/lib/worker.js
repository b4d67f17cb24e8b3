// A peer inside a dedicated worker: messages { call, what, file, options } to { call, value } or { call, error }.
import { Checksum } from "./checksum.js";

export function serve(peer) {
  self.onmessage = async ({ data: { call, what, file, options } }) => {
    try {
      self.postMessage({ call, value: await answer(peer, what, file, options) });
    } catch (error) {
      self.postMessage({ call, error: String(error?.stack || error) });
    }
  };
  self.postMessage({ ready: true });
}

async function answer(peer, what, file, options) {
  if (what === "init") return void (await peer.init(options));
  if (what === "run") return peer.run(file, options);
  if (!peer.verify) return null;
  const checksum = new Checksum();
  await peer.verify(checksum);
  return checksum.toString();
}
