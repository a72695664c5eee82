/**
 * Counts of what was done and found.
 *
 * @module
 */

/** What can be tried. */
export interface Attempt {
  /** Row of the table. */
  readonly kind: string;
  /** Which of that kind. */
  readonly what: string;
  attempt(): Promise<Verdict>;
}

/** What came of it. */
interface Verdict {
  /** Whether the fault happened: a late one may come after the end. */
  readonly happened: boolean;
  /** What was wrong afterwards. */
  readonly complaints: readonly string[];
}

type Trial = Verdict & Pick<Attempt, "kind" | "what">;

/** All of them. */
export interface Tally {
  /** Tries it and counts. */
  add(attempt: Attempt): Promise<void>;
  /** Complaints, each with what was tried. */
  failures(): readonly string[];
  /** Rows `kind, tried, happened, wrong`, in Markdown. */
  table(): string;
  count(): number;
}

/** Starts counting. */
export function createTally(): Tally {
  const trials: Trial[] = [];
  return {
    add: async ({ kind, what, attempt }) => {
      trials.push({ kind, what, ...await attempt() });
    },
    count: () => trials.length,
    failures: () =>
      trials.flatMap(({ kind, what, complaints }) =>
        complaints.map((complaint) => `${kind}, ${what}: ${complaint}`)
      ),
    table: () => {
      const kinds = [...new Set(trials.map(({ kind }) => kind))];
      const row = (name: string, these: readonly Trial[]) => {
        const happened = these.filter((trial) => trial.happened).length;
        const wrong = these.filter((trial) => trial.complaints.length > 0);
        return `| ${name} | ${these.length} | ${happened} | ${wrong.length} |`;
      };
      return [
        "| fault | tried | happened | wrong afterwards |",
        "| --- | ---: | ---: | ---: |",
        ...kinds.map((kind) =>
          row(kind, trials.filter((trial) => trial.kind === kind))
        ),
        row("all", trials),
      ].join("\n");
    },
  };
}
