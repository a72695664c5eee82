/** `module` is another file, from which workers would load another prior. @module */

import { gaussianWith } from "../_right.ts";

export default gaussianWith({
  name: "module_of_another",
  module: new URL("../_right.ts", import.meta.url).href,
});
