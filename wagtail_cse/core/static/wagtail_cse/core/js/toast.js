// document.dispatchEvent(new CustomEvent("cse:toast", { detail: { text, action, run } })): what was done, and the way back.
// The region is a live region of the page (layouts/page.html); the message stays for ten seconds, longer while focused.
(() => {
  const region = document.querySelector("[data-cse-toasts]");
  if (!region) return;
  document.addEventListener("cse:toast", (event) => {
    const { text, action, run } = event.detail;
    const toast = document.createElement("div");
    toast.className = "cse-toast";
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action || region.dataset.close;
    button.addEventListener("click", () => {
      toast.remove();
      if (action && run) run();
    });
    toast.append(button);
    region.replaceChildren(toast);
    let timer = setTimeout(() => toast.remove(), 10000);
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("mouseenter", () => clearTimeout(timer));
    toast.addEventListener("mouseleave", () => {
      timer = setTimeout(() => toast.remove(), 5000);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") region.replaceChildren();
  });
})();
