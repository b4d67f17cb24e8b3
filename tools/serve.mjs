// A static server for the built page that answers as GitHub Pages does: the right types, gzip on the fly, cached for ten
// minutes. As a program: `node tools/serve.mjs [folder]`, with PORT (8080) and BASE (/). The tests use it as a module.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const uncompressed = new Set([".woff2", ".png"]);

/**
 * Serves a folder under a path and resolves to { address, requests, close }. `requests` holds every request as
 * { at, method, path }, so that a test can tell what reached the server. With `compress: false` nothing is compressed,
 * which takes seconds of large files.
 */
export function serve({ folder, base = "/", port = 0, host = "127.0.0.1", compress = true }) {
  const root = resolve(folder);
  const requests = [];
  const server = createServer((request, response) => {
    const path = decoded(new URL(request.url, "http://localhost").pathname);
    requests.push({ at: Date.now(), method: request.method, path: request.url });
    const file = path.startsWith(base) ? locate(root, path.slice(base.length)) : null;
    if (!file || !["GET", "HEAD"].includes(request.method)) {
      response.writeHead(file ? 405 : 404, { "content-type": types[".txt"] }).end(file ? "Only GET.\n" : "Not here.\n");
      return;
    }
    answer(file, request, response, compress);
  });
  return new Promise((fulfil, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const close = () =>
        new Promise((done) => {
          server.close(done);
          server.closeAllConnections();
        });
      fulfil({ address: `http://${host}:${server.address().port}${base}`, requests, close });
    });
  });
}

/** A path in letters; one that is wrongly escaped is the path of nothing. */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}

/** The file of a path inside the folder, or null. */
function locate(root, path) {
  const file = normalize(join(root, path.endsWith("/") || path === "" ? `${path}index.html` : path));
  const inside = file.startsWith(root + "/");
  return inside && existsSync(file) && statSync(file).isFile() ? file : null;
}

function answer(file, request, response, compress) {
  const { size, mtimeMs } = statSync(file);
  const etag = `"${Math.round(mtimeMs).toString(36)}-${size.toString(36)}"`;
  const headers = { "cache-control": "max-age=600", etag, vary: "Accept-Encoding" };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const extension = extname(file);
  headers["content-type"] = types[extension] ?? "application/octet-stream";
  const zip = compress && !uncompressed.has(extension) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  if (zip) headers["content-encoding"] = "gzip";
  else headers["content-length"] = size;
  response.writeHead(200, headers);
  if (request.method === "HEAD") response.end();
  else if (zip) createReadStream(file).pipe(createGzip({ level: 9 })).pipe(response);
  else createReadStream(file).pipe(response);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 8080);
  const folder = process.argv[2] ?? "dist";
  try {
    const { address } = await serve({ folder, port, base: process.env.BASE ?? "/" });
    console.log(`Perennial is at ${address} (Ctrl-C stops it)`);
  } catch (error) {
    console.error(
      error.code === "EADDRINUSE" ? `Port ${port} is taken. Choose another: PORT=${port + 1} make serve` : `Cannot serve: ${error.message}`,
    );
    process.exitCode = 1;
  }
}
