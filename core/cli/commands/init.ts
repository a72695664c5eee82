/** The command `init`. @module */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { quoteWord } from "../../lib/command_line.ts";
import { type Command, EXIT } from "../command.ts";
import { readText } from "../flags.ts";

/** Makes a project: a config, an example prior with its test, and what they need. */
export const init: Command = {
  name: "init",
  description:
    "Make a project: a config, an example prior with its test, and what they need",
  words: [{
    name: "folder",
    isRequired: false,
    description: "where it goes; default the working directory",
  }],
  flags: [],
  examples: ["init", "init my-study"],
  run: async (flags, terminal) => {
    const { explainRefusal } = await import("../../lib/refusal.ts");
    const { newProject } = await import("../../vae/plugin/new_project.ts");
    const { writeNew } = await import("../../vae/plugin/scaffold.ts");
    const { priorKind } = await import("../../vae/prior_axis.ts");
    const folder = readText(flags, "folder") ?? ".";
    const { files, manifest } = newProject(priorKind, folder);
    const place = join(folder, "package.json");
    try {
      await writeNew(files, folder);
      writeFileSync(place, manifest);
    } catch (error) {
      throw explainRefusal(error, {
        what: "Cannot make the project",
        folder,
        elsewhere: "by another folder: init my-study",
      });
    }
    for (
      const path of [
        place,
        ...files.map(({ path }) => join(folder, path)),
      ]
    ) {
      terminal.out(`made  ${path}`);
    }
    const enter = folder === "." ? "" : `cd ${quoteWord(folder)} && `;
    terminal.out("");
    terminal.out(`${enter}npm install`);
    terminal.out("npm start -- --preset quick    trains, and writes a report");
    return EXIT.done;
  },
};
