/**
 * Types of tensors for who installs the package: those of tfjs-core, which do
 * not compile as they are. They want the names of browsers, WebGPU's in an
 * edition that TypeScript's own contradict, and a `Long` that nobody declares.
 *
 * @module
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const CORE = join(
  dirname(
    createRequire(import.meta.url).resolve(
      "@tensorflow/tfjs-core/package.json",
    ),
  ),
  "dist",
);
/** What a namespace has, and the methods that tensors have of it. */
const ENTRIES = ["index", "public/chained_ops/register_all_chained_ops"];
/** Where it is said what browsers have. */
const PLATFORM = "platform.d.ts";

const NAMES =
  /\b(?:GPU|HTML|IDB|WebGL|Image|Offscreen|Request|Response|File|Long|Navigator|Readable|Storage)\w*\b/g;
/** Those of {@link NAMES} that no module declares. */
const FOREIGN = [
  "File",
  "GPUBuffer",
  "HTMLCanvasElement",
  "HTMLImageElement",
  "HTMLSourceElement",
  "HTMLVideoElement",
  "IDBFactory",
  "ImageBitmap",
  "ImageData",
  "Long",
  "Navigator",
  "OffscreenCanvas",
  "ReadableStream",
  "Request",
  "RequestInit",
  "Response",
  "Storage",
  "WebGLBuffer",
  "WebGLContextAttributes",
  "WebGLRenderingContext",
  "WebGLTexture",
];

/** Writes them into `folder`, which `index.d.ts` is the entry of. */
export function writeTensorTypes(folder: string): void {
  const found = new Set(ENTRIES.map((entry) => join(CORE, `${entry}.d.ts`)));
  // A set may grow while it is walked.
  for (const path of found) {
    const target = relative(CORE, path).replace(/^index\./, "core.");
    write(join(folder, target), declaration(path, (one) => found.add(one)));
  }
  write(
    join(folder, "index.d.ts"),
    [
      "/** The types of @tensorflow/tfjs-core (Apache-2.0), without what a consumer's compiler stumbles on. @module */",
      ...ENTRIES.slice(1).map((entry) => `import "./${entry}.js";`),
      'export * from "./core.js";',
    ].join("\n"),
  );
  write(join(folder, PLATFORM), FOREIGN.map(platformType).join("\n"));
}

/** The declaration at `path`, with imports that Node would find. */
function declaration(path: string, wants: (path: string) => void): string {
  const text = readFileSync(path, "utf8")
    .replaceAll(/^\/\/\/ <.*$\n?/gm, "")
    .replaceAll(/\btypeof fetch\b/g, "(...args: never) => unknown")
    .replaceAll("ReadableStream<ArrayBuffer>", "ReadableStream")
    .replaceAll(
      /\b(from |import |import\(|module )(['"])(\.{1,2}\/[^'"]*|@tensorflow\/tfjs-core\/dist\/[^'"]*)\2/g,
      (_, before: string, _quote, specifier: string) => {
        const file = fileOf(specifier, path);
        wants(file);
        return `${before}"${specifierOf(file, path)}"`;
      },
    );
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const names = [...new Set(code.match(NAMES))].filter((name) =>
    FOREIGN.includes(name)
  );
  if (names.length === 0) return text;
  const platform = specifierOf(join(CORE, PLATFORM), path);
  return `import type { ${names.join(", ")} } from "${platform}";\n${text}`;
}

function fileOf(specifier: string, from: string): string {
  const place = specifier.startsWith(".")
    ? join(dirname(from), specifier)
    : join(CORE, specifier.slice("@tensorflow/tfjs-core/dist/".length));
  const file = [`${place}.d.ts`, join(place, "index.d.ts")].find((one) =>
    existsSync(one)
  );
  if (file === undefined) {
    throw new Error(`Cannot find "${specifier}" of ${from}`);
  }
  return file;
}

function specifierOf(file: string, from: string): string {
  const way = relative(dirname(from), file).replaceAll("\\", "/")
    .replace(/\.d\.ts$/, ".js");
  const path = file === join(CORE, "index.d.ts")
    ? way.replace(/index\.js$/, "core.js")
    : way;
  return path.startsWith(".") ? path : `./${path}`;
}

/** What a platform calls so, where the consumer's compiler knows of it. */
function platformType(name: string): string {
  return `export type ${name} = typeof globalThis extends { ${name}: { prototype: infer T } } ? T : unknown;`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
