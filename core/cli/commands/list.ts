/** The command `list`. @module */

import { formatColumns } from "../../lib/columns.ts";
import type { SchemaLike } from "../../config/describe.ts";
import { didYouMean, quoteAll, show } from "../../lib/suggest.ts";
import { UserError } from "../../lib/errors.ts";
import type { OptionsSchema, Stage } from "../../pipeline/stage.ts";
import type {
  PluginDefinition,
  ResolvedPlugin,
} from "../../vae/plugin/kind.ts";
import { type Command, EXIT, type Terminal } from "../command.ts";
import { placeFlags, readText } from "../flags.ts";

/** Lists the parts of models and the stages with their options, or runs. */
export const list: Command = {
  name: "list",
  description:
    "List priors, networks, likelihoods, objectives and stages with their options, or what has run",
  words: [
    {
      name: "what",
      isRequired: false,
      description:
        'one of these, such as "networks" or "stages"; or "runs"; default all but runs',
      values: "list",
    },
  ],
  flags: [
    ...placeFlags,
    {
      form: "--json",
      description: "Print one JSON object, the options as JSON Schema",
    },
  ],
  examples: ["list", "list networks", "list --json", "list runs"],
  run: async (flags, terminal) => {
    const what = readText(flags, "what");
    if (what === "runs") {
      const { listRuns } = await import("../_list_runs.ts");
      return await listRuns(flags, terminal);
    }
    const { pluginKinds } = await import("../../vae/axes.ts");
    const sections = [...pluginKinds.map(({ plural }) => plural), "stages"];
    if (what !== undefined && !sections.includes(what)) {
      const hint = didYouMean(what, [...sections, "runs"]);
      throw new UserError(
        `Cannot list "${what}": want ${quoteAll(sections)} or "runs"`,
        hint === undefined ? {} : { hint },
      );
    }
    const isWanted = (section: string) =>
      what === undefined || what === section;
    const { plugins, stages } = await gather(
      readText(flags, "config"),
      isWanted,
    );
    if (flags.json === true) {
      terminal.out(JSON.stringify(await listToJson(plugins, stages)));
      return EXIT.done;
    }
    let isFirst = true;
    const head = (plural: string) => {
      if (!isFirst) terminal.out("");
      isFirst = false;
      terminal.out(plural.charAt(0).toUpperCase() + plural.slice(1));
    };
    for (const [plural, definitions] of plugins) {
      head(plural);
      for (const { name, version, description, options } of definitions) {
        terminal.out(`  ${name} ${version}: ${description}`);
        await printOptions(options, terminal);
      }
    }
    if (stages === null) return EXIT.done;
    head("stages");
    for (const { name, description, inputs, outputs, options } of stages) {
      terminal.out(`  ${name}: ${description}`);
      terminal.out(
        `    needs ${listNames(inputs)}; gives ${listNames(outputs)}`,
      );
      await printOptions(options, terminal);
    }
    return EXIT.done;
  },
};

/** What is wanted of each kind, and of stages; these are null where they are not. */
interface Listing {
  /** By the kind's plural. */
  readonly plugins: ReadonlyMap<string, readonly PluginDefinition[]>;
  readonly stages: readonly Stage[] | null;
}

/** What comes with the project, and what the config at hand adds. */
async function gather(
  file: string | undefined,
  isWanted: (section: string) => boolean,
): Promise<Listing> {
  const { loadConfigIfAny } = await import("../../config/load.ts");
  const { normaliseConfig } = await import("../../vae/normalise.ts");
  const { pluginKinds } = await import("../../vae/axes.ts");
  const { builtIns } = await import("../../vae/plugin/built_in.ts");
  const { loadPlugin } = await import("../../vae/plugin/load.ts");
  const { defaultStages } = await import("../../vae/stages/mod.ts");
  const source = await loadConfigIfAny(file === undefined ? {} : { file });
  const config = source === null ? null : await normaliseConfig(source.config, {
    baseDirectory: source.baseDirectory,
    configFile: source.file,
  });
  const plugins = new Map<string, readonly PluginDefinition[]>();
  for (const kind of pluginKinds.filter(({ plural }) => isWanted(plural))) {
    const found = new Map<string, PluginDefinition>();
    const own = await Promise.all(
      builtIns(kind).map(({ url }) => loadPlugin(kind, url)),
    );
    const added = config?.axes.find(({ axis }) => axis.name === kind.name);
    const all = [
      ...own,
      ...(added?.values ?? []) as readonly ResolvedPlugin[],
    ];
    for (const { definition } of all) found.set(definition.name, definition);
    plugins.set(kind.plural, [...found.values()]);
  }
  return {
    plugins,
    stages: isWanted("stages") ? config?.stages ?? defaultStages : null,
  };
}

async function printOptions(
  schema: OptionsSchema,
  terminal: Terminal,
): Promise<void> {
  const { describeSchema, schemaDefault, schemaDescription } = await import(
    "../../config/describe.ts"
  );
  const entries = Object.entries(
    schema.entries as unknown as Record<string, SchemaLike>,
  );
  const rows = entries.map(([name, entry]) => {
    const fallback = schemaDefault(entry);
    const words = [
      describeSchema(entry),
      fallback === undefined ? "" : `default ${show(fallback)}`,
      schemaDescription(entry) ?? "",
    ].filter((part) => part !== "");
    return [`    ${name}`, words.join("; ")];
  });
  for (const line of formatColumns(rows)) terminal.out(line);
}

async function listToJson(
  plugins: Listing["plugins"],
  stages: Listing["stages"],
): Promise<unknown> {
  const { toJson } = await import("../../config/json_schema.ts");
  const described = [...plugins].map(([plural, definitions]) => [
    plural,
    definitions.map(({ name, version, description, module, options }) => ({
      name,
      version,
      description,
      module,
      options: toJson(options),
    })),
  ]);
  return {
    ...Object.fromEntries(described),
    ...(stages === null ? {} : {
      stages: stages.map((
        {
          name,
          version,
          description,
          module,
          inputs,
          outputs,
          params,
          options,
        },
      ) => ({
        name,
        version,
        description,
        module,
        inputs,
        outputs,
        params,
        options: toJson(options),
      })),
    }),
  };
}

function listNames(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}
