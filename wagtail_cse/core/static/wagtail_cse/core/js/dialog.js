// A link with data-cse-dialog="id" opens that dialog in place instead of the page that asks the same.
// A form with data-cse-once is sent once; the button says so to assistive technology.
(() => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-cse-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.cseDialog);
      if (dialog && typeof dialog.showModal === "function") {
        event.preventDefault();
        dialog.showModal();
        dialog.addEventListener("close", () => opener.focus(), { once: true });
      }
      return;
    }
    const closer = event.target.closest("dialog [data-cse-close]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-cse-once]");
    if (!form || event.defaultPrevented || event.submitter?.hasAttribute("data-cse-close")) return;
    if (form.dataset.cseSent) {
      event.preventDefault();
      return;
    }
    form.dataset.cseSent = "1";
    form.setAttribute("aria-busy", "true");
  });
  // Back from the next page: the browser may show this one as it was left.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-cse-sent]")) {
      delete form.dataset.cseSent;
      form.removeAttribute("aria-busy");
    }
  });
  // After an answer with errors the reading starts at the summary.
  document.querySelector(".cse-errors")?.focus();
})();
