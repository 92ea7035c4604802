import { GRAPHICS } from '../core/graphics.ts'

export const HELP = `limn: type a line, the picture changes, the picture appears under the line.

  limn [image...]             open, with these images as the first versions
  limn "a red fox"            open, with this as the first line
  limn --continue             continue this folder's newest session
  limn --resume [words]       continue another session, by id or by words in it
  limn -p "a red fox" -o fox.png [--json]
                              one turn without a screen: the image's path on stdout
  limn run moods.limn [--out DIR] [--session WORDS] [--keep-going] [--json]
                              the lines of a file, one after another (docs/scripts.md)
  limn batch submit rows.csv [--session WORDS] [--dry-run] [--yes] [--json]
                              hundreds of images at half the price, within a day (docs/batch.md)
  limn batch status|fetch|retry|cancel [JOB] [--yes] [--json]
                              follow a batch; its images become versions of a session
  limn show fox.png [--cells 80x40]
                              draw images as limn draws them
  limn cost [session|today|month|all] [--json]
                              show what was spent, by day and model
  limn doctor [--json]        show what this terminal can do, and what else a bug report needs
  limn doctor --live [--yes] [--json]
                              check what was never tried on the live service; this costs
                              money, so it asks first (docs/unverified.md)

  -m, --model MODEL           nano (default), pro, lite, nb2, nb1, or a model's id
      --graphics HOW          ${listed(GRAPHICS)}
      --practice              the practice engine: not AI, no key, free
      --practice-faults LIST  make the practice engine fail, to try it (docs/practice.md)
      --dry-run               with -p: what would be sent, and what it would cost; sends nothing
  -y, --yes                   send without asking about the price
  -c, --continue   -r, --resume   -p, --prompt   -o, --output   --force
  -h, --help       -v, --version

The key is taken from GEMINI_API_KEY or GOOGLE_API_KEY, or set inside with /key.
Without a key limn opens with the practice engine. /help inside lists the commands.
`

/** `auto, kitty or none` */
function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
