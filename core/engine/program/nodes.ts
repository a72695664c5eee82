/**
 * The TensorFlow nodes around a compiled computation: variables, feeds, Adam.
 *
 * @module
 */

import {
  boolText,
  type NodeDef,
  shapeText,
  stringText,
  typeText,
} from "../compile/node_def.ts";
import { type AdamSpec, FIRST_MOMENT, SECOND_MOMENT } from "./program.ts";

const INT32 = 3;

/** The handle of a resident variable. */
export function variableNodes(
  name: string,
  shape: readonly number[],
  dtype: string,
): NodeDef[] {
  return [{
    name: `variable/${name}`,
    op: "VarHandleOp",
    inputs: [],
    attributes: {
      dtype,
      shape: shapeText(shape),
      shared_name: stringText(name),
    },
  }];
}

/** `read/<name>`: the variable's value. */
export function readNodes(name: string, dtype: string): NodeDef[] {
  return [{
    name: `read/${name}`,
    op: "ReadVariableOp",
    inputs: [`variable/${name}`],
    attributes: { dtype },
  }];
}

/** `assigned/<name>`: sets the variable to what is fed as `value/<name>`. */
export function assignNodes(
  name: string,
  shape: readonly number[],
  dtype: string,
): NodeDef[] {
  return [
    {
      name: `value/${name}`,
      op: "Placeholder",
      inputs: [],
      attributes: { dtype, shape: shapeText(shape) },
    },
    {
      name: `assign/${name}`,
      op: "AssignVariableOp",
      inputs: [`variable/${name}`, `value/${name}`],
      attributes: { dtype },
    },
    // A run returns tensors only, and an assignment gives none.
    {
      name: `assigned/${name}`,
      op: "Const",
      inputs: [`^assign/${name}`],
      attributes: {
        dtype: typeText(INT32),
        value: `tensor { dtype: ${INT32} tensor_shape {} int_val: 1 }`,
      },
    },
  ];
}

/** A fed array. */
export function fedNode(
  name: string,
  shape: readonly number[],
  dtype: number,
): NodeDef {
  return {
    name,
    op: "Placeholder",
    inputs: [],
    attributes: { dtype: typeText(dtype), shape: shapeText(shape) },
  };
}

/** `update/<name>`: one step of Adam on a variable. */
export function adamNodes(
  name: string,
  gradient: string,
  adam: AdamSpec,
  float: string,
): NodeDef[] {
  const constant = (suffix: string, value: number): NodeDef => ({
    name: `update/${name}/${suffix}`,
    op: "Const",
    inputs: [],
    attributes: {
      dtype: float,
      value: `tensor { dtype: DT_FLOAT tensor_shape {} float_val: ${value} }`,
    },
  });
  return [
    constant("beta1", adam.beta1),
    constant("beta2", adam.beta2),
    constant("epsilon", adam.epsilon),
    {
      name: `update/${name}`,
      op: "ResourceApplyAdam",
      inputs: [
        `variable/${name}`,
        `variable/${FIRST_MOMENT}${name}`,
        `variable/${SECOND_MOMENT}${name}`,
        "feed/beta1Power",
        "feed/beta2Power",
        "feed/learningRate",
        `update/${name}/beta1`,
        `update/${name}/beta2`,
        `update/${name}/epsilon`,
        gradient,
        // A gradient need not depend on its variable, whose value of before the
        // update is for everybody else: what is read by then is not written over.
        `^read/${name}`,
      ],
      attributes: { T: float, use_locking: boolText(false) },
    },
  ];
}
