/** Collect what is wrong with a template and its values, each once; see nestforge/evaluate/findings.py. */
import { compareText } from "./text.js";

const MOST = 500;

export class Findings {
  constructor(template) {
    this._template = template;
    this._found = new Map();
  }

  /** Note a fault at its place. */
  add(fault, span, severity = "error") {
    if (this._found.size >= MOST) return;
    const [code, name] = this._template.kinds.get(fault.kind);
    const key = JSON.stringify([span.line, span.column, span.endLine, span.endColumn, code, fault.message]);
    if (!this._found.has(key)) {
      const under = this._template.ownerAt(span.line, span.column);
      this._found.set(key, { span, code, name, message: fault.message, help: fault.help, severity, under });
    }
  }

  /** The findings in the order of the file. */
  sorted() {
    return [...this._found.values()].sort(
      (one, other) =>
        compareSpan(one.span, other.span) || compareText(one.code, other.code) || compareText(one.message, other.message),
    );
  }
}

function compareSpan(one, other) {
  return one.line - other.line || one.column - other.column || one.endLine - other.endLine || one.endColumn - other.endColumn;
}
