import { configOf } from "./processes/config.ts";

export default configOf("test");
