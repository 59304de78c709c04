// Offers the browser's own time zone beside the select, if it is another one than chosen.
(() => {
  const select = document.querySelector("[data-cse-zone]");
  const offer = document.querySelector("[data-cse-zone-offer]");
  if (!select || !offer) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = Array.from(select.options).find((item) => item.value === zone);
  if (!option || select.value === zone) return;
  const button = offer.querySelector("button");
  offer.querySelector("[data-cse-zone-place]").textContent = option.textContent;
  offer.hidden = false;
  button.addEventListener("click", () => {
    select.value = zone;
    offer.hidden = true;
    select.focus();
  });
})();
