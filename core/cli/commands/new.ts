/** The command `new`. @module */

import { join, resolve } from "node:path";
import { commandLine } from "../../lib/command_line.ts";
import { UserError } from "../../lib/errors.ts";
import { quoteAll } from "../../lib/suggest.ts";
import { type Command, EXIT } from "../command.ts";
import { readText } from "../flags.ts";

/** Makes a plugin to start from. */
export const create: Command = {
  name: "new",
  description:
    "Make a prior, network, likelihood or objective to start from, which passes every check",
  words: [
    {
      name: "what",
      isRequired: true,
      description: 'which of these, such as "prior" or "network"',
      values: "kind",
    },
    { name: "name", isRequired: true, description: "as in my_prior" },
  ],
  flags: [
    {
      form: "--package",
      description:
        "An npm package, vae-prior-<name> and the like, in a folder of that name",
    },
    {
      form: "--directory <folder>",
      description: "Where it goes; default the working directory",
      values: "file",
    },
  ],
  examples: [
    "new prior my_prior",
    "new prior my_prior --package",
    "new network my_network",
  ],
  run: async (flags, terminal) => {
    const { projectFolder } = await import("../../config/load.ts");
    const { refuseMixing } = await import("../../config/mixing.ts");
    const { newPackage, newPlugin, writeNew } = await import(
      "../../vae/plugin/scaffold.ts"
    );
    const { explainRefusal } = await import("../../lib/refusal.ts");
    const what = readText(flags, "what") ?? "";
    const { pluginKinds } = await import("../../vae/axes.ts");
    const kind = pluginKinds.find(({ name }) => name === what);
    if (kind === undefined) {
      throw new UserError(
        `Cannot make a "${what}": want one of ${
          quoteAll(pluginKinds.map(({ name }) => name))
        }`,
        { hint: `For instance ${commandLine("new prior my_prior")}` },
      );
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
    const name = isPackage ? given.replace(`vae-${what}-`, "") : given;
    const files = isPackage ? newPackage(kind, name) : newPlugin(kind, name);
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
        ? `cd ${
          withDot(join(paths[0]!, ".."))
        } && npm install && npm pack    an archive that npm installs beside a config, which then names it "${name}"`
        : `"${kind.plural}": ["${plugin}"]    in a config here`,
    );
    return EXIT.done;
  },
};

function withDot(path: string): string {
  return /^(?:\.{0,2}[\\/]|\w:)/.test(path) ? path : `./${path}`;
}
