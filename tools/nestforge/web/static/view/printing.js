// On paper nothing can be opened: what is folded is shown while the page is printed, and folded again after it.

export function unfoldForPrint(root, prepare) {
  let unfolded = [];
  window.onbeforeprint = () => {
    prepare();
    unfolded = [...root.querySelectorAll("details:not([open])")];
    unfolded.forEach((details) => turn(details, true));
  };
  window.onafterprint = () => {
    unfolded.forEach((details) => turn(details, false));
    unfolded = [];
  };
}

// The browser tells of a toggle later, and too late for the print.
function turn(details, open) {
  details.open = open;
  details.dispatchEvent(new Event("toggle"));
}
