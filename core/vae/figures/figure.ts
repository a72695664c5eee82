/**
 * What a figure is: a number that was measured of a trained model, for people
 * to compare. Each is declared once, among those of the same artifact; what
 * shows figures goes over them and names none.
 *
 * @module
 */

import { formatCount, plural } from "../../lib/count.ts";
import type { Estimate } from "../model/artifacts.ts";
import type { Artifacts } from "../../pipeline/artifacts.ts";

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

/** What is said of a figure, whatever it is read from. */
export interface FigureFacts {
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
  /** Pictures that it stands beside. */
  readonly beside?: "generated" | "reconstructions";
  /** Conditions that it holds under: it compares where they are the same. */
  readonly under: readonly string[];
  /** The condition that its heading names: `NLL (K=500)`. */
  readonly given?: { readonly symbol: string; readonly condition: string };
}

/** A figure as it is declared. */
export interface FigureDefinition<Artifact> extends FigureFacts {
  /** Sentences for someone who sees it for the first time. */
  readonly explanation: string | ((artifact: Artifact) => string);
  readonly read: Reader<Artifact>;
}

/** Reads a mean with its standard error, or a number without one. */
export type Reader<Artifact> = (
  artifact: Artifact,
) => Estimate | number | null | undefined;

/** A condition as it is declared. */
export interface ConditionDefinition<Artifact> {
  readonly read: (artifact: Artifact) => string | number | null | undefined;
  /** Why figures under two different ones do not compare. */
  readonly problem: Problem;
}

/** Why figures under these two do not compare. */
export type Problem = (
  before: string | number,
  after: string | number,
) => string;

/** `of 100 and 200 test images`. */
export function ofCounts(noun: string): Problem {
  return (before, after) =>
    `of ${formatCount(Number(before))} and ${plural(Number(after), noun)}`;
}

/** What is said of figures of one artifact together. */
export interface GroupFacts {
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
  /** The condition whose values never share a table, and each in words. */
  readonly apart?: {
    readonly condition: string;
    readonly words: Readonly<Record<string, string>>;
  };
  /** What stands below the table, after what explains the figures. */
  readonly remark?: string;
}

/** Numbers behind a figure, for a table of their own. */
export interface Detail<Column> {
  readonly caption: string;
  readonly label: string;
  readonly columns: readonly Column[];
}

/** A column of a {@link Detail}. */
export interface DetailColumn<Read> {
  readonly name: string;
  /** Default 2. */
  readonly decimals?: number;
  readonly read: Read;
}

/** Figures of one artifact, as they are declared. */
export interface GroupDefinition<Name extends string, Artifact>
  extends GroupFacts {
  readonly figures: Readonly<Record<Name, FigureDefinition<Artifact>>>;
  readonly conditions: Readonly<Record<string, ConditionDefinition<Artifact>>>;
  /** What stands above the table of these artifacts, of which there may be none. */
  readonly caption: (artifacts: readonly Artifact[]) => string;
  /** What is to be known of those runs alone of which it is so. */
  readonly exception?: {
    readonly holds: (artifact: Artifact) => boolean;
    readonly text: (labels: string) => string;
  };
  /** Columns of words after the figures. */
  readonly words?: Readonly<Record<string, (artifact: Artifact) => string>>;
  readonly detail?: (
    artifacts: readonly Artifact[],
  ) => Detail<DetailColumn<Reader<Artifact>>> | null;
  /** What else is known of a run, by name. */
  readonly facts?: (
    artifact: Artifact,
  ) => readonly (readonly [string, string])[];
}
