/**
 * `new`: a prior to start from.
 *
 * @module
 */

import { join, resolve } from "node:path";
import { commandLine } from "../../lib/command_line.ts";
import { projectFolder } from "../../config/load.ts";
import { refuseMixing } from "../../config/mixing.ts";
import { UserError } from "../../lib/errors.ts";
import { newPackage, newPrior, writeNew } from "../../vae/plugin/scaffold.ts";
import { explainRefusal } from "../../lib/refusal.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";

/**
 * Writes the files, and says what to do with them.
 *
 * @throws {UserError} where the name is none, or taken, or files are there, or
 * the folder is one that they would be mixed into.
 */
export async function runNew(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const what = readText(flags, "what") ?? "";
  if (what !== "prior") {
    throw new UserError(`Cannot make a "${what}": want "prior"`, {
      hint: `For instance ${commandLine("new prior my_prior")}`,
    });
  }
  const chosen = readText(flags, "directory");
  const isPackage = flags.package === true;
  // A package has a folder to itself.
  if (chosen !== undefined && !isPackage) {
    refuseMixing(resolve(chosen), {
      what: `Cannot make the files in "${chosen}"`,
      project: projectFolder(),
      hint: "Name another folder with --directory, or leave it out",
      isSource: true,
    });
  }
  const directory = chosen ?? ".";
  const given = readText(flags, "name") ?? "";
  // Who gives the package's whole name means the same package.
  const name = isPackage ? given.replace(/^vae-prior-/, "") : given;
  const files = isPackage ? newPackage(name) : newPrior(name);
  try {
    await writeNew(files, directory);
  } catch (error) {
    throw explainRefusal(error, {
      what: "Cannot make the files",
      folder: directory,
      elsewhere: "with --directory",
    });
  }
  const paths = files.map(({ path }) => join(directory, path));
  for (const path of paths) terminal.out(`made  ${path}`);
  const plugin = withDot(paths[0]!);
  terminal.out("");
  terminal.out(`${commandLine(`check ${plugin}`)}    after each change`);
  terminal.out(
    isPackage
      ? `npm install ${
        withDot(join(paths[0]!, ".."))
      }    beside a config, which then names it "${name}"`
      : `"priors": ["${plugin}"]    in a config here`,
  );
  return EXIT.done;
}

function withDot(path: string): string {
  return /^(?:\.{0,2}[\\/]|\w:)/.test(path) ? path : `./${path}`;
}
