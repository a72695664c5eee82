/**
 * What a figure is: a number that was measured of a trained model, for people
 * to compare. Each is declared once, among those of the same artifact; what
 * shows figures goes over them and names none.
 *
 * @module
 */

import { formatCount, plural } from "../../lib/count.ts";
import type { Artifacts } from "../../pipeline/artifacts.ts";
import type { Estimate } from "../model/artifacts.ts";

/** Artifacts that figures are read from. */
export type FigureSource = "evaluation" | "latentMetrics" | "sampleMetrics";

/** What was measured of a run; null where no stage has given it. */
export type Measured = {
  readonly [Source in FigureSource]: Artifacts[Source] | null;
};

/** A figure of a run. */
export interface FigureValue {
  readonly value: number;
  /** Standard error; null where it has none. */
  readonly error: number | null;
}

/** Figures by name; what could not be had is not there. */
export type FigureValues = Readonly<Record<string, FigureValue>>;

/** What figures hold under, by name. */
export type Conditions = Readonly<Record<string, string | number>>;

/** Reads a mean with its standard error, or a number without one. */
type Reader = (measured: Measured) => Estimate | number | null | undefined;

/** A figure as it is declared. */
interface FigureDefinition {
  /** Heading: `Fréchet distance`. */
  readonly title: string;
  /** Heading where there is little room; default the title. */
  readonly short?: string;
  /** `nats a test image`; `%` of a share, which is shown times 100; may be empty. */
  readonly unit: string;
  readonly better: "high" | "low" | null;
  /** Decimals that are shown; default 2. */
  readonly decimals?: number;
  /** Whether the narrowest table has it. */
  readonly isMain?: boolean;
  /** Whether tables leave it out where no trial has it. */
  readonly isRare?: boolean;
  /** Pictures that it stands beside. */
  readonly beside?: "generated" | "reconstructions";
  /** Sentences for someone who sees it for the first time. */
  readonly explanation: string | ((measured: Measured) => string);
  readonly read: Reader;
  /**
   * What its value is the mean of, image by image of the test set: models are
   * compared on the same images where both have it.
   */
  readonly terms?: (
    measured: Measured,
  ) => ArrayLike<number> | null | undefined;
  /** Conditions that it holds under: it compares where they are the same. */
  readonly under: readonly string[];
  /** The condition that its heading names: `NLL (K=500)`. */
  readonly given?: { readonly symbol: string; readonly condition: string };
}

/** A figure of the list. */
export interface Figure extends Omit<FigureDefinition, "read"> {
  /** Its key in records and tables: `elbo`. */
  readonly name: string;
  readonly short: string;
  readonly decimals: number;
  readonly from: FigureSource;
  readonly read: (measured: Measured) => FigureValue | null;
}

/** What figures hold under, as it is declared. */
export interface Condition {
  readonly read: (measured: Measured) => string | number | null | undefined;
  /** Why figures under two different ones do not compare. */
  readonly problem: (before: string | number, after: string | number) => string;
}

/** Numbers behind a figure, for a table of their own. */
export interface Detail {
  readonly caption: string;
  readonly label: string;
  readonly columns: readonly {
    readonly name: string;
    /** Default 2. */
    readonly decimals?: number;
    readonly read: Reader;
  }[];
}

/** What is said of figures of one artifact together. */
interface Group {
  readonly from: FigureSource;
  /** Anchor of its section of the report. */
  readonly id: string;
  readonly title: string;
  /** Where the title is too long. */
  readonly short?: string;
  /** What the table is called for those who cannot see it. */
  readonly label: string;
  /** What the artifact is called in `summary.json` and TensorBoard. */
  readonly key: string;
  /** By name: `nllSamples`. */
  readonly conditions: Readonly<Record<string, Condition>>;
  /** Of which kind figures are: kinds never share a table; and each in words. */
  readonly apart?: {
    readonly kindOf: (conditions: Conditions) => string | undefined;
    readonly words: Readonly<Record<string, string>>;
  };
  /** What stands above the table of these trials, which may not be measured. */
  readonly caption: (trials: readonly Measured[]) => string;
  /** What stands below the table, after what explains the figures. */
  readonly remark?: string;
  /** What is to be known of those trials alone of which it is so. */
  readonly exception?: {
    readonly holds: (measured: Measured) => boolean;
    readonly text: (labels: string) => string;
  };
  /** Columns of words after the figures. */
  readonly words?: Readonly<Record<string, (measured: Measured) => string>>;
  readonly detail?: (trials: readonly Measured[]) => Detail | null;
  /** What else is known of a run, by name. */
  readonly facts?: (
    measured: Measured,
  ) => readonly (readonly [string, string])[];
}

/** Figures of one artifact, in the order in which they are shown. */
export interface FigureGroup<Name extends string = string> extends Group {
  readonly names: readonly Name[];
  readonly figures: readonly Figure[];
}

/** Makes a group of its declaration. */
export function figureGroup<Name extends string>(
  group: Group & { readonly figures: Readonly<Record<Name, FigureDefinition>> },
): FigureGroup<Name> {
  const entries = Object.entries(group.figures) as [Name, FigureDefinition][];
  return {
    ...group,
    names: entries.map(([name]) => name),
    figures: entries.map(([name, figure]) => ({
      short: figure.title,
      decimals: 2,
      ...figure,
      name,
      from: group.from,
      read: (measured) => valueOf(figure.read(measured)),
    })),
  };
}

/** As JSON has it: a number that is none has not been had, and 0 has no sign. */
export function valueOf(found: ReturnType<Reader>): FigureValue | null {
  const [value, error] = typeof found === "object" && found !== null
    ? [found.mean, found.standardError]
    : [found, null];
  return !Number.isFinite(value) ? null : {
    value: value! + 0,
    error: Number.isFinite(error) ? error : null,
  };
}

/** `of 100 and 200 test images`. */
export function ofCounts(noun: string): Condition["problem"] {
  return (before, after) =>
    `of ${formatCount(Number(before))} and ${plural(Number(after), noun)}`;
}
