/** The command `gc`. @module */

import { formatColumns } from "../../lib/columns.ts";
import { plural } from "../../lib/count.ts";
import { formatBytes, parseAge, parseBytes } from "../../runs/format.ts";
import type { GcResult } from "../../runs/gc.ts";
import { type Command, EXIT } from "../command.ts";
import { jsonFlag, placeFlags, readText } from "../flags.ts";
import { terminalWidth } from "../wrap.ts";

/** Runs that are named; more are counted. */
const NAMED = 8;

/** Removes what no run needs, or says what would go. */
export const gc: Command = {
  name: "gc",
  description: "Remove from the store what no run refers to",
  flags: [
    ...placeFlags,
    { form: "--dry", description: "Say what would go, and how much it takes" },
    {
      form: "--older-than <time>",
      description:
        "Also what is needed only by runs not used for so long, such as 30d",
    },
    {
      form: "--max-size <size>",
      description:
        "Also what was used longest ago, until the store has no more than this, such as 5GB",
    },
    jsonFlag,
  ],
  examples: ["gc --dry", "gc --older-than 30d", "gc --max-size 5GB"],
  run: async (flags, terminal) => {
    const { openPlaces } = await import("../_places.ts");
    const { collectGarbage } = await import("../../runs/gc.ts");
    const age = readText(flags, "olderThan");
    const size = readText(flags, "maxSize");
    const limits = {
      ...(age === undefined
        ? {}
        : { usedSince: Date.now() - parseAge(age, "--older-than") }),
      ...(size === undefined
        ? {}
        : { maxSize: parseBytes(size, "--max-size") }),
    };
    const { outputDirectory: outputs, store } = await openPlaces(flags);
    const dry = flags.dry === true;
    const result = await collectGarbage(store, { outputs, dry, ...limits });
    if (flags.json === true) {
      terminal.out(JSON.stringify({ dry, ...result }));
      return EXIT.done;
    }
    for (const line of describe(result, dry)) terminal.out(line);
    if (limits.maxSize !== undefined && result.kept.bytes > limits.maxSize) {
      terminal.err(
        `${formatBytes(result.kept.bytes)} stay, for runs that go on need them`,
      );
    }
    return EXIT.done;
  },
};

/** A line for each kind of thing and reason, and sums. */
function describe(result: GcResult, dry: boolean): readonly string[] {
  const { removed, bytes, kept, busy, unknown, unseen } = result;
  const groups = new Map<string, { count: number; bytes: number }>();
  for (const { what, why, bytes } of removed) {
    const group = groups.get(`${what}\n${why}`) ?? { count: 0, bytes: 0 };
    groups.set(`${what}\n${why}`, {
      count: group.count + 1,
      bytes: group.bytes + bytes,
    });
  }
  const rows = [...groups].map(([name, { count, bytes }]) => {
    const [what = "", why = ""] = name.split("\n");
    return [what, String(count), formatBytes(bytes), why];
  });
  const verb = dry ? "Would free" : "Freed";
  const inUse = busy === 0 ? "" : `, ${busy} of them in use right now`;
  return [
    ...rows.length === 0 ? [] : [
      ...formatColumns([["What", "Count", "Size", "Why"], ...rows], {
        width: terminalWidth(),
        flexible: 3,
        right: [1, 2],
      }),
      "",
    ],
    rows.length === 0 ? "Nothing to remove" : `${verb} ${formatBytes(bytes)}`,
    `${dry ? "Would keep" : "Kept"} ${plural(kept.count, "artifact")}, ${
      formatBytes(kept.bytes)
    }${inUse}`,
    ...unknown.map((path) =>
      `Left alone, for the store does not know it: ${path}`
    ),
    ...describeUnseen(unseen, dry),
  ];
}

/** Runs that may be there or not, and what becomes of what they need. */
function describeUnseen(
  unseen: GcResult["unseen"],
  dry: boolean,
): readonly string[] {
  const losing = unseen.filter(({ going }) => going > 0);
  const whole = unseen.filter(({ going }) => going === 0);
  return [
    ...losing.slice(0, NAMED).map(({ run, record, why, going }) =>
      `${dry ? "Would free" : "Freed"} ${
        plural(going, "artifact")
      } that ${run} may need: "${record}" cannot be looked for: ${why}`
    ),
    ...losing.length <= NAMED
      ? []
      : [`and what ${losing.length - NAMED} more such runs may need`],
    ...whole.slice(0, NAMED).map(({ run, record, why }) =>
      `${
        dry ? "Would keep" : "Kept"
      } all that ${run} needs, for "${record}" cannot be looked for: ${why}`
    ),
    ...whole.length <= NAMED
      ? []
      : [`and what ${whole.length - NAMED} more such runs need`],
  ];
}
