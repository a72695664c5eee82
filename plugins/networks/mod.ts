/** All networks of the project. @module */

export { default as mlp } from "./mlp.ts";
