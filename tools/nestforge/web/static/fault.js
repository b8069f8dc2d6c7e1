/** A function or a name cannot be evaluated; `kind` is one of the names in nestforge/evaluate/fault.py. */
export class Fault extends Error {
  constructor(message, help = null, kind = "WRONG_ARGUMENT") {
    super(message);
    this.help = help;
    this.kind = kind;
  }
}
