"use strict";
// One edition is heard at a time.
document.addEventListener("play", (event) => {
  for (const audio of document.querySelectorAll("audio")) {
    if (audio !== event.target) audio.pause();
  }
}, true);

// Search without a server: editions whose title, date or chapters hold all words.
const form = document.querySelector(".search");
if (form) {
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const editions = [...document.querySelectorAll(".editions > li")].map((item) => {
    const told = [...item.querySelectorAll("h2, time, details li")];
    return [item, plain(told.map((part) => part.textContent).join("\n"))];
  });
  const status = form.querySelector("[role=status]");
  const search = () => {
    const words = plain(form.elements.search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [item, text] of editions) {
      const isFound = words.every((word) => text.includes(word));
      item.toggleAttribute("hidden", !isFound);
      count += isFound ? 1 : 0;
    }
    status.textContent = words.length ? status.dataset.found.replace("{count}", count) : "";
  };
  form.removeAttribute("hidden");
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => event.preventDefault());
}
