/**
 * Formulas on TensorFlow operations, in double.
 *
 * @module
 */

import type { BindingTensor } from "../../ops/native_op.ts";
import type { NativeGraph } from "../native_graph.ts";
import { expandLast, sumLast } from "../native_sums.ts";
import type { Arithmetic, Column } from "./arithmetic.ts";

type Operand = BindingTensor | number;

/** The arithmetic of tensors in double within `graph`; `like` is one of them. */
export function nativeArithmetic(
  graph: NativeGraph,
  like: BindingTensor,
): Arithmetic<BindingTensor> {
  const constants = new Map<number | Column, BindingTensor>();
  const constant = (value: number | Column): BindingTensor => {
    const made = constants.get(value) ?? graph.constant(value, like);
    constants.set(value, made);
    return made;
  };
  const tensor = (a: Operand) => typeof a === "number" ? constant(a) : a;
  const unary = (op: string) => (a: BindingTensor) => graph.op(op, a);
  const binary = (op: string) => (a: Operand, b: Operand) =>
    graph.op(op, tensor(a), tensor(b));
  return {
    add: binary("AddV2"),
    sub: binary("Sub"),
    mul: binary("Mul"),
    div: binary("Div"),
    max: binary("Maximum"),
    min: binary("Minimum"),
    neg: unary("Neg"),
    exp: unary("Exp"),
    expm1: unary("Expm1"),
    log: unary("Log"),
    log1p: unary("Log1p"),
    sqrt: unary("Sqrt"),
    softplus: unary("Softplus"),
    lgamma: unary("Lgamma"),
    whereGreater(a, b, yes, no) {
      const condition = graph.op("Greater", tensor(a), tensor(b));
      return yes.map((value, i) =>
        graph.select(condition, tensor(value), tensor(no[i]!))
      ) as never;
    },
    sumOver(columns, fixed, terms) {
      const values = terms(
        columns.map(constant) as never,
        fixed.map((x) => expandLast(graph, x)) as never,
      );
      return values.map((value) => sumLast(graph, value)) as never;
    },
  };
}
