// One statement's controls, made from the template's parts: steps to rate it by, and what else can be said of it.

// From dark and red to bright and green: told apart by brightness alone, too.
const ramp = [[84, 26, 58], [158, 52, 54], [206, 114, 46], [226, 174, 62], [160, 202, 106], [130, 226, 182]];

/** The colour of a rating: its own, or by its place among so many. */
export const colorOf = (own, at, count) => {
  if (/^#[0-9a-f]{6}$/i.test(own ?? "")) return own;
  const place = count > 1 ? (at * (ramp.length - 1)) / (count - 1) : 0, low = Math.min(Math.floor(place), ramp.length - 2);
  return `#${ramp[low].map((part, of) => Math.round(part + (ramp[low + 1][of] - part) * (place - low)).toString(16).padStart(2, "0")).join("")}`;
};

/** What can be read on a colour: black or white. */
export const inkOn = (color) => {
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2);
  return red * 0.2126 + green * 0.7152 + blue * 0.0722 > 0.179 ? "#000" : "#fff";
};

/** A text with its addresses as links, which tell nobody where one comes from. */
export const withLinks = (text) => text.split(/(https?:\/\/[^\s<>"']+)/).map((part, at) => (at % 2 ? Object.assign(document.createElement("a"), { href: part, textContent: part, rel: "noopener noreferrer nofollow" }) : part));

/** Writes into the text that is there: another text in its place would have the browser style the whole page anew. */
export const inscribe = (place, words) => {
  if (place.firstChild) place.firstChild.data = words;
  else if (words !== "") place.append(words);
};

let groups = 0;

/** The controls of a statement. `found` has its answer, `change` takes another one. */
export const cardOf = (parts, item, { found, change }) => {
  const card = parts.querySelector(".assess-card").cloneNode(true);
  const find = (selector) => card.querySelector(selector);
  const fields = [...card.querySelectorAll("[data-field]")], steps = [...card.querySelectorAll(".assess-step")];
  steps.forEach((step, at) => {
    const color = colorOf(step.dataset.color, at, steps.length);
    step.style.setProperty("--rating", color);
    step.style.setProperty("--ink", inkOn(color));
  });
  find(".assess-title").textContent = item.title;
  find(".assess-text").textContent = item.text;
  groups++;
  for (const field of fields) if (field.type === "radio") field.name = `assess-${groups}`;

  let last;
  const show = () => {
    const answer = found(), now = JSON.stringify(answer);
    if (now === last) return;
    last = now;
    const rating = answer.notApplicable ? "-" : String(answer.rating ?? "");
    for (const field of fields) {
      if (field.type === "radio") field.checked = field.value === rating;
      // What is being typed stays as it is typed.
      else if (field !== document.activeElement) field.value = answer[field.dataset.field] ?? "";
    }
    steps.forEach((step, at) => step.classList.toggle("below", at < answer.rating));
    inscribe(find(".assess-said"), steps[answer.rating]?.title ?? "");
    find(".assess-clear").hidden = rating === "";
    find(".assess-reason").hidden = rating !== "-";
    inscribe(find(".assess-has"), ["note", "owner", "target", "date"].filter((field) => answer[field] !== undefined).length || "");
    find(".assess-links").replaceChildren(...withLinks(answer.note ?? "").filter((part) => part.href));
  };
  card.addEventListener("input", ({ target }) => {
    const { field } = target.dataset;
    if (!field) return;
    const { rating, notApplicable, reason, ...rest } = found();
    const answer = field === "rating" ? rest : { rating, notApplicable, reason, ...rest };
    if (field !== "rating") answer[field] = field === "target" && target.value ? Number(target.value) : target.value;
    else if (target.value === "-") answer.notApplicable = true;
    else answer.rating = Number(target.value);
    change(answer, field);
  });
  find(".assess-clear").addEventListener("click", () => {
    const { rating, notApplicable, reason, ...rest } = found();
    change(rest, "rating");
    fields[0].focus();
  });
  return { card, show };
};
