/** All networks of the project. @module */

export { default as conv } from "./conv.ts";
export { default as mlp } from "./mlp.ts";
export { default as resnet } from "./resnet.ts";
