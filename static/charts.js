// Puts the interactive chart in the place of the drawn one: same dictionary, same size, so nothing moves.
// Colours are the style sheet's variables inside the dictionary: light and dark change without drawing again.

const here = document.querySelector("script[data-vega]");
const phone = matchMedia("(max-width: 720px)");
const tip = document.createElement("div");
tip.className = "chart-tip";
tip.hidden = true;

// Our own tooltip: Vega's writes a style element, which the page's policy refuses.
function showTip(handler, event, item, value) {
  if (!value) {
    tip.hidden = true;
    return;
  }
  const [first, ...others] = String(value).split("\n");
  const title = document.createElement("b");
  title.textContent = first;
  tip.replaceChildren(title);
  for (const text of others) {
    const line = document.createElement("div");
    line.textContent = text;
    tip.append(line);
  }
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const left = event.clientX + 14 + box.width > innerWidth ? event.clientX - box.width - 14 : event.clientX + 14;
  const top = event.clientY + 14 + box.height > innerHeight ? event.clientY - box.height - 14 : event.clientY + 14;
  tip.style.setProperty("left", `${Math.max(4, left)}px`);
  tip.style.setProperty("top", `${Math.max(4, top)}px`);
}

async function draw(place, vegaEmbed) {
  const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
  const old = place.querySelector("svg");
  const fresh = document.createElement("div");
  await vegaEmbed(fresh, spec, { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: showTip });
  const svg = fresh.querySelector("svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", old.getAttribute("aria-label"));
  svg.firstElementChild?.setAttribute("aria-hidden", "true"); // one image, said once
  place.replaceChildren(fresh);
  place.dataset.drawn = "";
}

const shown = (place) => place.offsetParent !== null && !("drawn" in place.dataset);

async function drawAll() {
  const places = [...document.querySelectorAll("[data-chart] .drawing")].filter(shown);
  if (!places.length) return;
  const { vegaEmbed } = await import(here.dataset.vega);
  await document.fonts.ready;
  for (const place of places) await draw(place, vegaEmbed).catch((fault) => console.warn("A chart stays as drawn:", fault));
}

if (here && document.querySelector("[data-chart]")) {
  document.querySelector("main").append(tip);
  const start = () => drawAll().catch((fault) => console.warn("The charts stay as drawn:", fault));
  phone.addEventListener("change", start);
  document.addEventListener("htmx:afterSettle", start);
  document.addEventListener("scroll", () => (tip.hidden = true), { passive: true, capture: true });
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 1500 });
  else setTimeout(start, 200);
}
