/** The command `schema`. @module */

import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { UserError } from "../../lib/errors.ts";
import { type Command, EXIT } from "../command.ts";
import { placeFlags, readText } from "../flags.ts";

/** Writes the JSON Schema of configs. */
export const schema: Command = {
  name: "schema",
  description:
    "Write the JSON Schema of a config, by which editors complete and check one in JSON",
  words: [
    {
      name: "file",
      isRequired: false,
      description: "where it goes; default printed",
      values: "file",
    },
  ],
  flags: [...placeFlags],
  examples: [
    "schema pipeline.schema.json",
    "schema pipeline.schema.json --config my.config.json",
  ],
  run: async (flags, terminal) => {
    const { loadConfigIfAny } = await import("../../config/load.ts");
    const { schemaOfConfig } = await import("../../vae/config_schema.ts");
    const { TITLE } = await import("../../config/json_schema.ts");
    const { replaceFile } = await import("../../lib/files.ts");
    const { explainRefusal } = await import("../../lib/refusal.ts");
    const file = readText(flags, "file");
    if (file !== undefined) refuseOther(file, TITLE);
    const config = readText(flags, "config");
    const source = await loadConfigIfAny(
      config === undefined ? {} : { file: config },
    );
    const text = JSON.stringify(await schemaOfConfig(source), null, 2);
    if (file === undefined) {
      terminal.out(text);
      return EXIT.done;
    }
    try {
      await replaceFile(file, `${text}\n`);
    } catch (error) {
      throw explainRefusal(error, {
        what: "Cannot write the schema",
        folder: file,
        elsewhere: "by another path",
      });
    }
    terminal.out(`made  ${file}`);
    terminal.out(
      `"$schema": "./${basename(file)}"    in a config beside it`,
    );
    return EXIT.done;
  },
};

/** A schema is made anew as often as plugins change; nothing else is written over. */
function refuseOther(file: string, title: string): void {
  if (!existsSync(file)) return;
  try {
    if (JSON.parse(readFileSync(file, "utf8")).title === title) return;
  } catch {
    // What cannot be read is none, either.
  }
  throw new UserError(
    `Cannot write the schema to "${file}": it is there already, and no schema of a config`,
    { hint: "Name another file" },
  );
}
