/** The command `complete`. @module */

import { fileURLToPath } from "node:url";
import { quoteWord } from "../../lib/command_line.ts";
import { UserError } from "../../lib/errors.ts";
import { quoteAll } from "../../lib/suggest.ts";
import { type Command, EXIT } from "../command.ts";
import { readText } from "../flags.ts";

const PROGRAM = "vae-priors";
const SHELLS = ["bash", "zsh", "fish"];

/**
 * The script of bash asks a function of the package bash-completion for its
 * words; where that is not installed, those of bash will do.
 */
const BASH_WORDS = `declare -F _get_comp_words_by_ref > /dev/null ||
_get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD - 1]}
}
`;

/** A word that something more belongs to: `train.epochs=`, `folder/`. */
const GOES_ON = /[=/]$/;

/** Prints what makes a shell complete command lines, and answers that shell. */
export const complete: Command = {
  name: "complete",
  description: `Print what makes a shell complete ${PROGRAM}`,
  words: [{
    name: "shell",
    isRequired: true,
    description: "bash, zsh or fish",
    values: SHELLS,
  }],
  flags: [],
  hasRest: true,
  examples: ["complete bash", "complete fish"],
  run: async (flags, terminal, commands) => {
    if (flags.rest !== undefined) {
      await answer(flags.rest as readonly string[], commands);
      return EXIT.done;
    }
    const shell = readText(flags, "shell") ?? "";
    if (!SHELLS.includes(shell)) {
      throw new UserError(
        `Cannot complete in "${shell}": want one of ${quoteAll(SHELLS)}`,
      );
    }
    const { script } = await import("@bomb.sh/tab");
    const bin = fileURLToPath(new URL("../bin.mjs", import.meta.url));
    const call = [process.execPath, bin].map(quoteWord).join(" ");
    if (shell === "bash") terminal.out(BASH_WORDS);
    script(shell, PROGRAM, call);
    return EXIT.done;
  },
};

/** Prints what the last of `words` may be, as the shell's script reads it. */
async function answer(
  words: readonly string[],
  commands: readonly Command[],
): Promise<void> {
  const { RootCommand, ShellCompDirective } = await import("@bomb.sh/tab");
  const { candidates } = await import("../_candidates.ts");
  const root = new RootCommand();
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const at = words.indexOf("--config");
  const place = {
    typed: typed.slice(typed.indexOf("=") + 1),
    config: at === -1 ? undefined : words[at + 1],
  };
  for (const { name, description, flags, words: own = [] } of commands) {
    const declared = root.command(name, description);
    const isMeant = before[0] === name;
    const ofFlag = flags.find(({ form }) => {
      const flag = form.split(" ")[0];
      return flag === before.at(-1) || typed.startsWith(`${flag}=`);
    });
    for (const flag of flags) {
      const [first = "", value] = flag.form.split(" ");
      const key = first.replace(/^--/, "");
      if (value === undefined) declared.option(key, flag.description);
      else {
        const found = isMeant && flag === ofFlag && flag.values !== undefined
          ? await candidates(flag.values, place)
          : [];
        declared.option(
          key,
          flag.description,
          (give) => found.forEach((one) => give(...one)),
        );
      }
    }
    for (const { name, values } of own) {
      const isAsked = isMeant && !typed.startsWith("-") && values !== undefined;
      const found = isAsked ? await candidates(values, place) : [];
      declared.argument(name, (give) => found.forEach((one) => give(...one)));
    }
  }
  const { ShellCompDirectiveNoFileComp, ShellCompDirectiveNoSpace } =
    ShellCompDirective;
  // It is set in `parse`, where nothing else can be said of spaces.
  Object.defineProperty(root, "directive", {
    get: () =>
      ShellCompDirectiveNoFileComp |
      (root.completions.filter(({ value }) => value.startsWith(place.typed))
          .every(({ value }) => GOES_ON.test(value))
        ? ShellCompDirectiveNoSpace
        : 0),
    set: () => {},
  });
  root.parse([...words]);
}
