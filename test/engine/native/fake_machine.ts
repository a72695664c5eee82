/**
 * A machine for the provisioning tests: a `PATH` of shell scripts that play
 * Python and the compiler, a tiny wheel, and a package that wants an addon.
 */

import { createHash } from "node:crypto";
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { onTestFinished } from "vitest";
import {
  type NativeSite,
  nativeSite,
} from "../../../core/engine/native/site.ts";
import type { Wheel } from "../../../core/engine/native/wheels.ts";

/** A machine, and what happened on it. */
export interface FakeMachine {
  readonly site: NativeSite;
  /** Puts a program on the `PATH`: a shell script. */
  install(name: string, script: string): Promise<void>;
  /** The site of one more checkout on the same machine. */
  checkout(): Promise<NativeSite>;
  /** How often pip was asked to fetch something. */
  fetches(): Promise<number>;
}

/** Options of {@link fakeMachine}. */
export interface FakeMachineOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly wheel?: Partial<Wheel>;
  /** Name of the cache's folder. */
  readonly cache?: string;
}

const LIBRARIES = [
  "tensorflow/libtensorflow_cc.so.2",
  "tensorflow/libtensorflow_framework.so.2",
];

const FILES: Record<string, string> = {
  [LIBRARIES[0] as string]: "the library\n".repeat(50),
  [LIBRARIES[1] as string]: "the framework\n".repeat(20),
  "tensorflow/include/tensorflow/c/c_api.h": "// c_api\n",
  "tensorflow/include/tensorflow/core/framework/op.h": "// not wanted\n",
  "tensorflow/python/big.py": "pass\n",
};

/**
 * A preload: addons are text files, and those that say `broken` do not load, nor
 * does any where the loader is led to libraries in a folder called `short`.
 */
const FAKE_ADDONS = `
const { readFileSync, readdirSync } = require("node:fs");
require.extensions[".node"] = (module, file) => {
  const text = readFileSync(file, "utf8");
  if (text.includes("broken")) throw new Error("undefined symbol: TF_Version");
  if (/short/.test(process.env.LD_LIBRARY_PATH)) throw new Error("libtensorflow_cc.so.2: file too short");
  const [, runpath] = /-Xlinker -rpath -Xlinker (.*)\\n/.exec(text);
  const sharedObjects = readdirSync(runpath).map((name) => runpath + "/" + name);
  process.report.getReport = () => ({ sharedObjects });
  module.exports = {
    TF_Version: "9.9.9", createTensor: () => 1, executeOp: () => [{ id: 2 }], tensorDataSync: () => [11],
  };
};
`;

/** A site where the loader finds other libraries than those of the build. */
export function misled(site: NativeSite): NativeSite {
  return { ...site, env: { ...site.env, LD_LIBRARY_PATH: "/nowhere/short" } };
}

/** A pip that copies the wheel to \`--dest\`. */
export const PYTHON = `
case "$*" in
  "-m pip --version") echo "pip 24.0 from /nowhere/pip (python 3.12)"; exit 0;;
  "-m pip config list") exit 0;;
  --version) echo "Python 3.12.0"; exit 0;;
esac
echo "$*" >> "$FAKE_ROOT/fetches"
for arg in "$@"; do case "$arg" in --dest=*) /bin/cp "$FAKE_WHEEL" "\${arg#--dest=}/"; exit 0;; esac; done
echo "ERROR: Could not find a version that satisfies the requirement" >&2; exit 1
`;

/** A Python whose pip fails with these words. */
export function failingPip(words: string): string {
  return PYTHON.replace(/for arg in .*\n/, `echo "${words}" >&2; exit 1\n`);
}

/** As {@link PYTHON}, with a pip that installs a compiler, too. */
export const PYTHON_WITH_ZIG = PYTHON.replace(
  "for arg in",
  `for arg in "$@"; do case "$arg" in --target=*)
  zig="\${arg#--target=}/ziglang"; /bin/mkdir "$zig"; /bin/cp "$FAKE_ROOT/bin/zig" "$zig/zig"; exit 0;;
esac; done
for arg in`,
);

/** A compiler that writes its arguments to its output. */
export const COMPILER = `
if [ "$1" = --version ] || [ "$2" = --version ]; then echo "fake c++ 1.0"; exit 0; fi
args="$*"; while [ $# -gt 0 ]; do if [ "$1" = -o ]; then printf '%s\\n' "$args" > "$2"; fi; shift; done
`;

/** Sets up a machine with a working Python and compiler, for as long as the test. */
export async function fakeMachine(
  options: FakeMachineOptions = {},
): Promise<FakeMachine> {
  const root = await mkdtemp(join(tmpdir(), "vae-priors-machine-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const bin = join(root, "bin");
  await mkdir(bin);
  const zip = makeZip(FILES);
  const file = "tensorflow_cpu-9.9.9-any.whl";
  await writeFile(join(root, file), zip);
  await writeFile(join(root, "addons.cjs"), FAKE_ADDONS);
  const env = {
    PATH: bin,
    FAKE_ROOT: root,
    FAKE_WHEEL: join(root, file),
    NODE_OPTIONS: `--require ${join(root, "addons.cjs")}`,
    VAE_PRIORS_CACHE: join(root, options.cache ?? "cache"),
    ...options.env,
  };
  const wheel: Wheel = {
    project: "tensorflow-cpu",
    version: "9.9.9",
    platform: "any",
    file,
    sha256: createHash("sha256").update(zip).digest("hex"),
    bytes: zip.length,
    libraryBytes: LIBRARIES.reduce(
      (sum, name) => sum + (FILES[name] as string).length,
      0,
    ),
    libraries: LIBRARIES,
    ...options.wheel,
  };
  let checkouts = 0;
  async function checkout(): Promise<NativeSite> {
    const packageDirectory = join(root, `checkout-${checkouts++}`, "tfjs-node");
    await mkdir(join(packageDirectory, "binding"), { recursive: true });
    await writeFile(
      join(packageDirectory, "binding", "tfjs_binding.cc"),
      "// addon\n",
    );
    const manifest = { version: "4.22.0", binary: { napi_versions: [7, 8] } };
    await writeFile(
      join(packageDirectory, "package.json"),
      JSON.stringify(manifest),
    );
    const processor = join(root, "cpuinfo");
    return nativeSite({ packageDirectory, env, wheel, processor });
  }
  async function install(name: string, script: string): Promise<void> {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}`);
    await chmod(join(bin, name), 0o755);
  }
  await install("python3", PYTHON);
  await install("c++", COMPILER);
  return {
    site: await checkout(),
    install,
    checkout,
    fetches: async () =>
      (await readFile(join(root, "fetches"), "utf8").catch(() => "")).split(
        "\n",
      ).length - 1,
  };
}

/** A zip archive of stored (not compressed) files. */
function makeZip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([
      Buffer.from("PK\x03\x04"),
      common,
      Buffer.from(name),
      data,
    ]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([
        Buffer.from("PK\x01\x02\x14\x00"),
        common,
        central,
        Buffer.from(name),
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}
