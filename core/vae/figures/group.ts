/**
 * A group of figures, read from whatever was measured of a run.
 *
 * @module
 */

import type { Artifacts } from "../../pipeline/artifacts.ts";
import type {
  Detail,
  DetailColumn,
  FigureDefinition,
  FigureFacts,
  FigureSource,
  FigureValue,
  GroupDefinition,
  GroupFacts,
  Measured,
  Problem,
  Reader,
} from "./figure.ts";

/** A figure of the list. */
export interface Figure extends FigureFacts {
  /** Its key in records and tables: `elbo`. */
  readonly name: string;
  readonly short: string;
  readonly decimals: number;
  readonly from: FigureSource;
  read(measured: Measured): FigureValue | null;
}

/** What figures hold under. */
export interface Condition {
  /** Its key in records: `nllSamples`. */
  readonly name: string;
  read(measured: Measured): string | number | null;
  readonly problem: Problem;
}

/** Figures of one artifact, in the order in which they are shown. */
export interface FigureGroup<Name extends string = string> extends GroupFacts {
  readonly names: readonly Name[];
  readonly figures: readonly Figure[];
  readonly conditions: readonly Condition[];
  caption(runs: readonly Measured[]): string;
  /** What the figures are, in sentences. */
  explanation(runs: readonly Measured[]): string;
  /** What is to be known of some runs alone; null where there is nothing. */
  exception(
    runs: readonly { readonly label: string; readonly measured: Measured }[],
  ): string | null;
  /** Columns of words. */
  readonly words: readonly {
    readonly name: string;
    readonly read: (measured: Measured) => string | null;
  }[];
  /** Numbers behind a figure; null where no run has them. */
  detail(
    runs: readonly Measured[],
  ): Detail<DetailColumn<Figure["read"]>> | null;
  facts(measured: Measured): readonly (readonly [string, string])[];
}

/** Makes a group of its declaration. */
export function figureGroup<Source extends FigureSource, Name extends string>(
  definition: GroupDefinition<Name, Artifacts[Source]> & {
    readonly from: Source;
  },
): FigureGroup<Name> {
  type Artifact = Artifacts[Source];
  const { from, figures, conditions, words = {}, exception } = definition;
  const entries = Object.entries(figures) as [
    Name,
    FigureDefinition<Artifact>,
  ][];
  const of = <T>(read: (artifact: Artifact) => T) => (measured: Measured) => {
    const artifact = measured[from] as Artifact | null | undefined;
    return artifact == null ? null : read(artifact);
  };
  const all = (runs: readonly Measured[]) =>
    runs.flatMap((measured) => of((artifact) => [artifact])(measured) ?? []);
  const value = (read: Reader<Artifact>) => of(numbers(read));
  return {
    ...definition,
    names: entries.map(([name]) => name),
    figures: entries.map(([name, { read, explanation: _, ...facts }]) => ({
      short: facts.title,
      decimals: 2,
      ...facts,
      name,
      from,
      read: value(read),
    })),
    conditions: Object.entries(conditions).map(([name, { read, problem }]) => ({
      name,
      read: (measured) => of(read)(measured) ?? null,
      problem,
    })),
    caption: (runs) => definition.caption(all(runs)),
    explanation: (runs) => {
      const [first] = all(runs);
      const sentences = entries.map(([, { explanation }]) =>
        typeof explanation === "string"
          ? explanation
          : first === undefined
          ? ""
          : explanation(first)
      );
      return [...sentences, definition.remark ?? ""].filter(Boolean).join(" ");
    },
    exception: (runs) => {
      if (exception === undefined) return null;
      const labels = runs.filter(({ measured }) =>
        of(exception.holds)(measured)
      ).map(({ label }) => label);
      return labels.length === 0 ? null : exception.text(labels.join(", "));
    },
    words: Object.entries(words).map(([name, read]) => ({
      name,
      read: of(read),
    })),
    detail: (runs) => {
      const detail = definition.detail?.(all(runs)) ?? null;
      return detail && {
        ...detail,
        columns: detail.columns.map((column) => ({
          ...column,
          read: value(column.read),
        })),
      };
    },
    facts: (measured) => of(definition.facts ?? (() => []))(measured) ?? [],
  };
}

/** As JSON has it: a number that is none has not been had, and 0 has no sign. */
function numbers<Artifact>(read: Reader<Artifact>) {
  return (artifact: Artifact): FigureValue | null => {
    const found = read(artifact) ?? NaN;
    const [value, error] = typeof found === "number"
      ? [found, null]
      : [found.mean, found.standardError];
    return !Number.isFinite(value) ? null : {
      value: value + 0,
      error: Number.isFinite(error) ? error : null,
    };
  };
}
