/**
 * What a command of the command line is.
 *
 * @module
 */

/** Exit codes of the program. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** The user's mistake. */
  usage: 2,
  interrupted: 130,
} as const;

/**
 * Flags as they were given, by camel-cased name; a repeated one is a list. Words
 * are among them, under their own names.
 */
export type Flags = Readonly<Record<string, unknown>>;

/** What a word or a flag's value may be, for shells to complete: these words, or of what they are names. */
export type Values =
  | readonly string[]
  | "stage"
  | "option"
  | "plugin"
  | "kind"
  | "list"
  | "run"
  | "artifact"
  | "trial"
  | "format"
  | "preset"
  | "file";

/** One flag of a command. */
export interface Flag {
  /** As in help: `--seed <n>`, `--force [stage]`, `--dry`. */
  readonly form: string;
  readonly description: string;
  readonly values?: Values;
}

/** A word that stands after a command, by its place. */
interface Word {
  /** Under this the command finds it among its flags. */
  readonly name: string;
  readonly isRequired: boolean;
  /** What it is, for the message where it is missing: `the prior to check`. */
  readonly description: string;
  readonly values?: Values;
}

/**
 * Where a command writes. Control characters are shown there, not sent; colours
 * only of a line that is `colored`: what is not the program's own text in it has
 * to be printable already.
 */
export interface Terminal {
  /** A line of the result, to stdout. */
  out(line: string, colored?: "colored"): void;
  /** A line for the person, to stderr. */
  err(line: string, colored?: "colored"): void;
}

/** A command: its words for help, and what it does. */
export interface Command {
  readonly name: string;
  readonly description: string;
  /** Words in their order, required ones first; default none. */
  readonly words?: readonly Word[];
  readonly flags: readonly Flag[];
  /** Whole command lines, without the program's name. */
  readonly examples: readonly string[];
  /** All words behind `--` are handed to it as they are, as the flag `rest`. */
  readonly hasRest?: boolean;
  /** It starts TensorFlow in its own process, which has to be one apart. */
  readonly isApart?: boolean;
  /**
   * Runs it and gives the exit code; what is heavy is imported in here.
   * `commands` are all that there are.
   *
   * @throws {UserError} for mistakes of the user.
   */
  run(
    flags: Flags,
    terminal: Terminal,
    commands: readonly Command[],
  ): Promise<number>;
}
