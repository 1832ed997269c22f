// What the panel is made of. Beside it lies panel.js, which is one module with this file.

const CODED = ["role", "comparator", "kind", "attribute"];
let panels = 0; // each has ids of its own

function make(name, about = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(about)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

function choice(options, about) {
  return make("select", about, ...options.map(([value, name]) => make("option", { value }, name)));
}

function filled(text, ...values) {
  return text.replace(/\{(\d)\}/g, (_, at) => values[at]);
}

class Elements {
  constructor(model) {
    Object.assign(this, { words: model.get("words"), offered: model.get("offered") });
    this.texts = this.words.texts;
    this.id = `plan-monitor-${(panels += 1)}`;
    this.root = make("div", {
      class: "pm-confirm", tabindex: "0", role: "group", lang: this.words.lang, "aria-label": this.texts.title,
      "data-lm-suppress-shortcuts": "true", // else JupyterLab takes the keys for commands
      onkeydown: (event) => this.pressed(event),
    });
    this.root.append(this.top(), this.sure(), this.middle(), this.help());
  }

  top() {
    const { texts } = this;
    this.bar = make("progress", { "aria-label": texts.state });
    this.progress = make("span", { class: "pm-progress" });
    this.status = make("div", { class: "pm-status", role: "status", "aria-live": "polite" });
    this.alert = make("div", { class: "pm-alert", role: "alert" });
    this.accept = make("button", { type: "button", class: "pm-accept", onclick: () => this.ask() });
    this.filters = {
      state: this.filter("state", [
        ["", texts.all], ...["undecided", "later", "yes", "no"].map((one) => [one, texts[one]]),
      ]),
      look: this.filter("look", [
        ["", texts.all], ["any", texts.any],
        ...["indicator", "value", "unit", "period", "region"].map((one) => [one, this.words.fields[one]]),
        ["certain", texts.certain],
      ]),
      role: this.filter("role", [["", texts.all], ...Object.entries(this.words.roles)]),
      order: this.filter("order", [["place", texts.by_place], ["look", texts.by_look]]),
    };
    const filters = Object.entries(this.filters).flatMap(([name, node]) => [make("label", { for: node.id }, texts[name]), node]);
    const hint = make("span", { class: "pm-hint" }, texts.hint);
    const line = make("div", { class: "pm-line" }, this.bar, this.progress, hint, this.accept);
    const chosen = make("div", { class: "pm-line pm-filters" }, ...filters);
    return make("div", { class: "pm-top" }, line, chosen, this.status, this.alert);
  }

  filter(name, options) {
    return choice(options, { id: `${this.id}-of-${name}`, onchange: (event) => this.send("show", { [name]: event.target.value }) });
  }

  sure() {
    this.question = make("span");
    this.refuse = make("button", { type: "button", onclick: () => this.answer(false) }, this.texts.accept_no);
    const accept = { type: "button", class: "pm-yes", onclick: () => this.answer(true) };
    const yes = make("button", accept, this.texts.accept_yes);
    const about = { class: "pm-sure", hidden: true, role: "group", "aria-label": this.texts.accept_yes };
    this.asked = make("div", about, this.question, " ", yes, " ", this.refuse);
    return this.asked;
  }

  middle() {
    const { texts } = this;
    this.text = make("div", {
      class: "pm-text", lang: "zh-CN", tabindex: "0", role: "region", "aria-label": texts.document,
      onclick: (event) => this.clicked(event),
    });
    this.source = make("div", { class: "pm-source", lang: "zh-CN" });
    this.where = make("div", { class: "pm-where" });
    this.nearest = make("div", { class: "pm-nearest" });
    this.controls = {};
    const fields = Object.entries(this.words.fields).map(([field, name]) => this.field(field, name));
    fields.splice(2, 0, this.nearest); // behind the indicator
    this.row = make("div", { class: "pm-row", role: "region", "aria-label": texts.draft }, this.where, ...fields, this.buttons());
    return make("div", { class: "pm-middle" }, make("div", { class: "pm-left" }, this.source, this.text), this.row);
  }

  field(field, name) {
    const id = `${this.id}-${field}`;
    const about = {
      id, "aria-describedby": `${id}-from`, "data-field": field,
      onchange: (event) => this.changed(event.target), onblur: (event) => this.left(event.target),
      onpointerdown: (event) => delete event.target.dataset.keyed,
    };
    let control, list = "";
    if (CODED.includes(field)) control = choice(this.offered[field], about);
    else {
      control = make("input", { ...about, autocomplete: "off", spellcheck: "false", list: this.offered[field] && `${id}-list` });
      if (this.offered[field]) list = make("datalist", { id: `${id}-list` }, ...this.options(this.offered[field]));
    }
    const from = make("span", { class: "pm-from", id: `${id}-from` });
    this.controls[field] = { control, from, list };
    return make("div", { class: "pm-field" }, make("label", { for: id }, name), control, from, list);
  }

  options(pairs) {
    return pairs.map(([value, name]) => make("option", { value, label: name || value }));
  }

  buttons() {
    const { texts } = this;
    const button = (name, key, run) => {
      const about = { type: "button", class: `pm-${name}`, "aria-keyshortcuts": key, onclick: run };
      const node = make("button", about, texts[name], " ", make("kbd", {}, key));
      this[`${name}Button`] = node;
      return node;
    };
    const decisions = ["yes", "no", "later"].map((one) => button(one, one[0], () => this.decide(one)));
    return make("div", { class: "pm-buttons" },
      make("div", { class: "pm-line" }, ...decisions, button("clear", "x", () => this.decide(""))),
      make("div", { class: "pm-line" },
        button("previous", "k", () => this.send("move", { steps: -1 })), button("next", "j", () => this.send("move", { steps: 1 })),
        button("edit", "e", () => this.edit()), button("undo", "u", () => this.send("undo")), button("help", "?", () => this.toggle())));
  }

  help() {
    const rows = this.words.keys.map(([keys, text]) => make("div", {}, make("dt", {}, make("kbd", {}, keys)), make("dd", {}, text)));
    this.keys = make("dl", { class: "pm-keys", hidden: true, id: `${this.id}-help`, "aria-label": this.texts.help }, ...rows);
    this.helpButton.setAttribute("aria-controls", this.keys.id);
    this.helpButton.setAttribute("aria-expanded", "false");
    return this.keys;
  }
}
