/**
 * The largest errors of the special functions, by engine, and the table that
 * states them.
 *
 * @module
 */

import { type Tensor, tf } from "../../core/engine/tf.ts";
import { type TestEngine, useBackend } from "../engine/backends.ts";
import { columnOf, type Fixture, readFixture } from "./fixtures.ts";
import { FUNCTIONS, type MeasuredFunction } from "./functions.ts";

/** An error where priors compute, and for all arguments of the fixtures. */
export interface LargestError {
  /** Every argument of a size from 1e-3 to 1e4. */
  readonly usual: number;
  readonly all: number;
}

/** The largest errors of a function's values and of all its gradients. */
export interface LargestErrors {
  readonly title: string;
  readonly value: LargestError;
  /** Null for a function that has none. */
  readonly gradients: LargestError | null;
}

/** Measures every function on an engine that is there. */
export async function measureAccuracy(
  { name }: TestEngine,
): Promise<readonly LargestErrors[]> {
  await useBackend(name);
  return FUNCTIONS.map((one) => {
    const table = readFixture(one.fixture);
    const usual = usualCases(table);
    const errors = (output: string, found: ArrayLike<number>) => {
      const errors = errorsOf(table, output, found);
      return {
        usual: Math.max(...usual.map((i) => errors[i]!)),
        all: Math.max(...errors),
      };
    };
    const gradients = Object.entries(one.gradients).map(([input, output]) =>
      errors(output, gradient(table, one, input))
    );
    return {
      title: one.title,
      value: errors("value", values(table, one)),
      gradients: gradients.length === 0 ? null : {
        usual: Math.max(...gradients.map(({ usual }) => usual)),
        all: Math.max(...gradients.map(({ all }) => all)),
      },
    };
  });
}

/** Rows of Markdown, one for each function, with a column for each engine. */
export function accuracyRows(
  engines: readonly (readonly LargestErrors[])[],
): readonly (readonly string[])[] {
  return engines[0]!.map(({ title }, row) => [
    `\`${title}\``,
    ...engines.map((errors) => written(errors[row]!.value)),
    ...engines.map((errors) => written(errors[row]!.gradients)),
  ]);
}

/** The two errors of a cell that {@link accuracyRows} wrote. */
export function readError(cell: string): LargestError {
  const [usual, all = usual] = cell.split("; ");
  return { usual: Number(usual), all: Number(all) };
}

/** The error, and after a semicolon that of all arguments if it is larger. */
function written(error: LargestError | null): string {
  if (error === null) return "";
  const [usual, all] = [roundedUp(error.usual), roundedUp(error.all)];
  return usual === all ? usual : `${usual}; ${all}`;
}

/** Half a unit in the last place of float32: nothing is better. */
const EXACT = 6e-8;

/** An error with one digit. */
function roundedUp(error: number): string {
  const least = Math.max(error, EXACT);
  const unit = 10 ** Math.floor(Math.log10(least));
  return (Math.ceil(least / unit - 1e-9) * unit).toExponential(0);
}

/**
 * |found - exact| / |exact|; near a root the fixture's tolerance says from which
 * size on: 1e-7 and 5e-7 mean from 0.2 on.
 */
function errorsOf(
  table: Fixture,
  output: string,
  found: ArrayLike<number>,
): readonly number[] {
  const { relative, absolute } = table.outputs[output]!;
  return columnOf(table, output).map((exact, i) => {
    const error = Math.abs(found[i]! - exact);
    return error === 0 ? 0 : error / (Math.abs(exact) + absolute / relative);
  });
}

function usualCases(table: Fixture): readonly number[] {
  const columns = table.inputs.map((input) => columnOf(table, input));
  return table.cases.map((_, i) => i).filter((i) =>
    columns.every((column) => {
      const size = Math.abs(column[i]!);
      return size === 0 || size > 0.999e-3 && size < 1.001e4;
    })
  );
}

function inputsOf(table: Fixture): Tensor[] {
  return table.inputs.map((input) => tf.tensor1d(columnOf(table, input)));
}

function values(table: Fixture, { of }: MeasuredFunction): ArrayLike<number> {
  return tf.tidy(() => of(...inputsOf(table)).dataSync());
}

function gradient(
  table: Fixture,
  { of }: MeasuredFunction,
  input: string,
): ArrayLike<number> {
  return tf.tidy(() => {
    const at = inputsOf(table);
    const index = table.inputs.indexOf(input);
    return tf.grad((x: Tensor) => of(...at.with(index, x)))(at[index]!)
      .dataSync();
  });
}
