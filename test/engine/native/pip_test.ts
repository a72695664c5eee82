/** pip that somebody has set up for other things, on a wheel of this folder. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { ZipFile } from "yazl";
import { requirePip } from "../../../core/engine/native/find_pip.ts";
import { runPip } from "../../../core/engine/native/pip.ts";
import { nativeSite } from "../../../core/engine/native/site.ts";

const hasPip =
  spawnSync("python3", ["-m", "pip", "--version"], { stdio: "ignore" })
    .status === 0;

describe.skipIf(!hasPip)("pip", () => {
  // All at once: pip, which takes a second to start, heeds none of them.
  test.each([
    {
      given: "variables",
      env: {
        PIP_USER: "1",
        PIP_TARGET: "HOME/target",
        PIP_PREFIX: "HOME/prefix",
        PIP_ROOT: "HOME/root",
        PIP_REQUIRE_VIRTUALENV: "1",
        PIP_DRY_RUN: "1",
        PIP_REQUIREMENT: "HOME/none.txt",
        // How files come is the person's to say.
        PIP_FIND_LINKS: "LINKS",
      },
      conf: "",
    },
    {
      given: "a file",
      env: {},
      conf: "user = true\nrequire-virtualenv = true\nquiet = 2\n" +
        "[install]\nuser = true\nroot = HOME/root\ndry-run = true\n" +
        "prefix = HOME/prefix\nrequirement = HOME/none.txt\n" +
        "constraint = HOME/none.txt\nplatform = win32\nabi = cp27\n" +
        "find-links =\n  HOME/none\n  LINKS\n",
    },
  ])(
    "set up by $given installs where it is told, and nowhere else",
    async ({ env, conf }) => {
      const folder = await mkdtemp(join(tmpdir(), "pip-"));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const [home, links, scratch, target] = await Promise.all(
        ["home", "links", "scratch", "target"].map(async (part) => {
          await mkdir(join(folder, part));
          return join(folder, part);
        }),
      ) as [string, string, string, string];
      const sha256 = [await writeWheel(links)];
      const within = (text: string) =>
        text.replaceAll("HOME", home).replaceAll("LINKS", links);
      const file = join(folder, "pip.conf");
      await writeFile(file, `[global]\nno-index = true\n${within(conf)}`);
      const site = nativeSite({
        env: {
          ...process.env,
          HOME: home,
          PYTHONUSERBASE: join(home, "user"),
          PIP_FIND_LINKS: "",
          PIP_CONFIG_FILE: file,
          ...Object.fromEntries(
            Object.entries(env).map(([name, value]) => [name, within(value)]),
          ),
        },
      });
      const pinned = { project: "tiny", version: "1.0", sha256 };
      const verb = ["install", `--target=${target}`, "--no-compile"] as const;
      const pip = await requirePip(site);
      await runPip(site, { verb, pinned }, { pip, scratch });
      expect(await readdir(target)).toContain("tiny.py");
      // Python itself may be a shim that makes itself at home.
      const made = (await readdir(home)).filter((name) => !/^\./.test(name));
      expect(made).toEqual([]);
    },
  );
});

async function writeWheel(folder: string): Promise<string> {
  const file = join(folder, "tiny-1.0-py3-none-any.whl");
  const info = "tiny-1.0.dist-info";
  const zip = new ZipFile();
  const add = (name: string, text: string) =>
    zip.addBuffer(Buffer.from(text), name);
  add("tiny.py", "x = 1\n");
  add(`${info}/METADATA`, "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n");
  add(
    `${info}/WHEEL`,
    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
  );
  add(
    `${info}/RECORD`,
    `tiny.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  );
  zip.end();
  await finished(zip.outputStream.pipe(createWriteStream(file)));
  return createHash("sha256").update(await readFile(file)).digest("hex");
}
