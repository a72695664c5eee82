/**
 * The messages of ONNX that are written here, as far as they are needed: field
 * numbers and enumerations are those of onnx/onnx.proto3 (Apache License 2.0).
 *
 * @module
 */

import protobuf from "protobufjs";
import type { Message } from "../protocol.ts";

const PROTOCOL = `
syntax = "proto3";

message TensorProto {
  repeated int64 dims = 1;
  int32 data_type = 2;
  string name = 8;
  bytes raw_data = 9;
}
message AttributeProto {
  string name = 1;
  float f = 2;
  int64 i = 3;
  bytes s = 4;
  TensorProto t = 5;
  repeated int64 ints = 8;
  int32 type = 20;
}
message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  string name = 3;
  string op_type = 4;
  repeated AttributeProto attribute = 5;
}
message TensorShapeProto {
  message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
  repeated Dimension dim = 1;
}
message TypeProto {
  message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; }
  Tensor tensor_type = 1;
}
message ValueInfoProto { string name = 1; TypeProto type = 2; string doc_string = 3; }
message GraphProto {
  repeated NodeProto node = 1;
  string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
}
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message ModelProto {
  int64 ir_version = 1;
  string producer_name = 2;
  string doc_string = 6;
  GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8;
}
`;

const { root } = protobuf.parse(PROTOCOL);

/** Numbers of the types of tensors. */
export const TYPES = {
  float: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  double: 11,
} as const;

/** An attribute's value, by which its type is told. */
export type Attribute =
  | { readonly i: number }
  | { readonly f: number }
  | { readonly s: string }
  | { readonly ints: readonly number[] }
  | { readonly t: Message };

/** The message of a node's attribute. */
export function attributeMessage(name: string, attribute: Attribute): Message {
  if ("s" in attribute) return { name, s: Buffer.from(attribute.s), type: 3 };
  const type = "f" in attribute
    ? 1
    : "i" in attribute
    ? 2
    : "t" in attribute
    ? 4
    : 7;
  return { name, ...attribute, type };
}

/** The bytes of a model. */
export function encodeModel(model: Message): Uint8Array {
  const type = root.lookupType("ModelProto");
  return type.encode(type.fromObject({ ...model })).finish();
}
