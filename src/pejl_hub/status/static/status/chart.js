// Draws the goal's chart. The page works without: the same figures stand in its table.
import { vegaEmbed } from "../vendor/vega/vega-embed.js";

const danish = {
  formatLocale: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " kr."] },
};

const place = document.getElementById("chart");
if (place) {
  const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
  const language = document.documentElement.lang;
  // `ast` makes Vega interpret expressions instead of compiling them, which the page's rules forbid;
  // the two default styles would be inserted as style elements, which they forbid as well.
  await vegaEmbed(place, spec, {
    actions: false,
    ast: true,
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
    ...(language === "da" ? danish : {}),
  });
}
