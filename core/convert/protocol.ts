/**
 * The messages of TensorFlow and TensorBoard that are written here, as far as
 * they are needed: tensorflow/core/framework and tensorflow/core/protobuf
 * (graph, tensor, saved_model, meta_graph), tensorboard/compat/proto (event,
 * summary) and tensorboard/plugins/hparams. Field numbers are theirs.
 *
 * @module
 */

import protobuf from "protobufjs";

const PROTOCOL = `
syntax = "proto3";

enum DataType {
  DT_INVALID = 0; DT_FLOAT = 1; DT_DOUBLE = 2; DT_INT32 = 3; DT_UINT8 = 4;
  DT_STRING = 7; DT_INT64 = 9; DT_BOOL = 10;
}
message TensorShape {
  message Dim { int64 size = 1; }
  repeated Dim dim = 2;
}
message Tensor {
  DataType dtype = 1;
  TensorShape tensor_shape = 2;
  bytes tensor_content = 4;
  repeated float float_val = 5;
  repeated bytes string_val = 8;
}
message AttrValue {
  message ListValue {
    repeated bytes s = 2;
    repeated int64 i = 3;
    repeated float f = 4;
    repeated bool b = 5;
    repeated DataType type = 6;
  }
  oneof value {
    ListValue list = 1;
    bytes s = 2;
    int64 i = 3;
    float f = 4;
    bool b = 5;
    DataType type = 6;
    TensorShape shape = 7;
    Tensor tensor = 8;
  }
}
message NodeDef {
  string name = 1;
  string op = 2;
  repeated string input = 3;
  map<string, AttrValue> attr = 5;
}
message VersionDef { int32 producer = 1; int32 min_consumer = 2; }
message GraphDef { repeated NodeDef node = 1; VersionDef versions = 4; }
message TensorInfo {
  string name = 1;
  DataType dtype = 2;
  TensorShape tensor_shape = 3;
}
message SignatureDef {
  map<string, TensorInfo> inputs = 1;
  map<string, TensorInfo> outputs = 2;
  string method_name = 3;
}
message MetaGraphDef {
  message MetaInfoDef { repeated string tags = 4; }
  MetaInfoDef meta_info_def = 1;
  GraphDef graph_def = 2;
  map<string, SignatureDef> signature_def = 5;
}
message SavedModel {
  int64 saved_model_schema_version = 1;
  repeated MetaGraphDef meta_graphs = 2;
}

message PluginData { string plugin_name = 1; bytes content = 2; }
message SummaryMetadata {
  PluginData plugin_data = 1;
  string display_name = 2;
  string summary_description = 3;
  /** SCALAR, TENSOR, BLOB_SEQUENCE. */
  int32 data_class = 4;
}
message Summary {
  message Value {
    string tag = 1;
    Tensor tensor = 8;
    SummaryMetadata metadata = 9;
  }
  repeated Value value = 1;
}
message Event {
  double wall_time = 1;
  int64 step = 2;
  oneof what { string file_version = 3; Summary summary = 5; }
}

message HParam {
  oneof kind { double number_value = 2; string string_value = 3; bool bool_value = 4; }
}
message HParamsPluginData {
  message SessionStart {
    map<string, HParam> hparams = 1;
    string group_name = 4;
    double start_time_secs = 5;
  }
  message SessionEnd { int32 status = 1; double end_time_secs = 2; }
  int32 version = 1;
  oneof data { SessionStart session_start_info = 3; SessionEnd session_end_info = 4; }
}
`;

const { root } = protobuf.parse(PROTOCOL);

/** A message as plain data, its fields in camel case. */
export type Message = Readonly<Record<string, unknown>>;

/** Messages that are written whole. */
export type MessageName =
  | "Event"
  | "GraphDef"
  | "HParamsPluginData"
  | "SavedModel"
  | "SignatureDef";

/** The bytes of a message. */
export function encodeMessage(name: MessageName, message: Message): Uint8Array {
  const type = root.lookupType(name);
  return type.encode(type.fromObject({ ...message })).finish();
}

/** A message as protobuf's JSON has it: enumerations by name, bytes in base64. */
export function messageToJson(
  name: MessageName,
  message: Message,
): Readonly<Record<string, unknown>> {
  const type = root.lookupType(name);
  return type.toObject(type.fromObject({ ...message }), {
    enums: String,
    longs: String,
    bytes: String,
    arrays: false,
  });
}
