// The panel in the browser: it shows views and sends what a person does; it decides nothing.

const DECISIONS = { y: "yes", n: "no", l: "later", x: "" };
const MOVES = { j: 1, ArrowDown: 1, ArrowRight: 1, k: -1, ArrowUp: -1, ArrowLeft: -1 };
const SIGNS = { yes: "✓", no: "✗", later: "…", look: "?", certain: "" };
const PATIENCE = 3000; // milliseconds until a kernel that says nothing is told of

class Panel extends Elements {
  constructor(model) {
    super(model);
    Object.assign(this, { model, view: {} });
    this.shown = () => this.show();
    model.on("change:view", this.shown);
    this.show();
  }

  close() {
    clearTimeout(this.timer);
    this.model.off("change:view", this.shown);
  }

  // -- what a person does

  send(action, more = {}) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.warn(this.texts.waiting), PATIENCE);
    // with the figure that was seen: a second press of a key while the kernel works is not for the next
    this.model.send({ do: action, at: this.view.at, ...more });
  }

  decide(decision) {
    this.send("decide", { decision });
  }

  pressed(event) {
    event.stopPropagation();
    const { target } = event;
    if (event.isComposing) return;
    if (target.matches("input, select")) return this.typed(event);
    if ((event.ctrlKey || event.metaKey) && event.key === "s") event.preventDefault(); // all is saved
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // an input method may hide which key it was
    let key = event.key === "Process" ? event.code.replace(/^Key|^Digit/, "") : event.key;
    if (key.length === 1) key = key.toLowerCase();
    const doing = this.doing(key);
    if (!doing) return;
    event.preventDefault();
    if (!event.repeat || key in MOVES) doing();
  }

  doing(key) {
    if (key === "Escape") return () => this.answer(false);
    if (key in DECISIONS) return () => this.decide(DECISIONS[key]);
    if (key in MOVES) return () => this.send("move", { steps: MOVES[key] });
    if (key === "u") return () => this.send("undo");
    if (key === "e") return () => this.edit();
    if (key === "?" || key === "？") return () => this.toggle();
    const near = this.view.nearest?.[Number(key) - 1];
    return near && (() => this.take(near));
  }

  typed(event) {
    const { target } = event;
    if (event.key === "Escape") {
      event.preventDefault();
      if (target.dataset.field) this.drop(target.dataset.field);
      this.root.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.root.focus(); // what was written is sent when it is left
    } else if (target.tagName === "SELECT") target.dataset.keyed = "yes"; // each arrow is no choice
  }

  changed(control) {
    if (!control.dataset.keyed) this.left(control);
  }

  left(control) {
    delete control.dataset.keyed;
    const { field } = control.dataset;
    if (control.value === (control.dataset.sent ?? this.view.fields?.[field][0])) return;
    control.dataset.sent = control.value;
    this.send("edit", { field, value: control.value });
  }

  take([code]) {
    this.send("edit", { field: "indicator", value: code });
  }

  edit() {
    const fields = Object.keys(this.controls);
    const field = fields.find((one) => this.view.fields?.[one][2]) || "indicator";
    const { control } = this.controls[field];
    control.focus();
    if (control.select) control.select();
  }

  clicked(event) {
    const mark = event.target.closest("[data-at]");
    if (mark) this.send("go", { to: Number(mark.dataset.at) });
  }

  ask() {
    this.asked.hidden = false;
    this.refuse.focus();
  }

  answer(yes) {
    if (yes) this.send("accept", { count: this.view.progress[2] });
    if (!this.asked.hidden) this.root.focus();
    this.asked.hidden = true;
  }

  toggle() {
    this.keys.hidden = !this.keys.hidden;
    this.helpButton.setAttribute("aria-expanded", String(!this.keys.hidden));
  }

  // -- what is shown

  warn(text) {
    this.alert.textContent = text;
  }

  show() {
    clearTimeout(this.timer);
    const before = this.view.at;
    const within = this.root.contains(document.activeElement);
    this.view = this.model.get("view");
    const { view, texts } = this;
    const [decided, all, certain] = view.progress;
    Object.assign(this.bar, { max: all || 1, value: decided });
    this.progress.textContent = filled(texts.progress, ...view.progress);
    this.accept.textContent = filled(texts.accept, certain);
    this.accept.disabled = !certain;
    this.question.textContent = filled(texts.sure, certain);
    if (!certain) this.answer(false);
    for (const [name, node] of Object.entries(this.filters)) node.value = view.shown[name];
    this.undoButton.disabled = !view.undo;
    this.warn(view.notice.grave && !view.notice.field ? view.notice.text : "");
    if (view.fields) this.showFigure(before !== view.at);
    this.showStatus();
    this.root.dataset.number = view.number;
    const { activeElement } = document; // what was pressed may be gone
    if (within && (!this.root.contains(activeElement) || activeElement.disabled)) this.root.focus({ preventScroll: true });
  }

  showStatus() {
    const { view, texts } = this;
    const [decided, all] = view.progress;
    const saved = filled(view.saved ? texts.saved : texts.unsaved, this.words.kept);
    const place = view.place[1] ? filled(texts.place, ...view.place) : texts.none;
    const decision = view.decision ? `${SIGNS[view.decision]} ${texts[view.decision]}` : texts.undecided;
    this.where.textContent = `${place} · ${decision}`;
    this.where.className = `pm-where pm-is-${view.decision || "undecided"}`;
    const said = [view.notice.grave ? "" : view.notice.text, all && decided === all ? texts.finished : "", saved];
    this.status.textContent = said.filter(Boolean).join(" · ");
    if (!view.fields) return;
    const { indicator, comparator, value, unit, period } = view.fields;
    const figure = [indicator, comparator, value, unit, period].map(([text]) => text).join(" ");
    this.status.append(make("span", { class: "pm-unseen" }, ` ${this.progress.textContent}. ${place}: ${figure}`));
  }

  showFigure(another) {
    const { view, texts } = this;
    this.source.textContent = view.document || this.words.file;
    this.text.replaceChildren(...this.pieces());
    const mark = this.text.querySelector("[aria-current]");
    this.text.scrollTop = mark.offsetTop - this.text.clientHeight / 2;
    for (const field of Object.keys(this.controls)) {
      if (another) delete this.controls[field].control.dataset.sent;
      if (another || document.activeElement !== this.controls[field].control) this.restore(field);
      this.describe(field);
    }
    const alike = view.nearest.map((pair, at) => this.alike(pair, at));
    this.nearest.replaceChildren(...(alike.length ? [make("span", {}, texts.nearest)] : []), ...alike);
    const { list } = this.controls.indicator;
    list.querySelectorAll("[data-near]").forEach((node) => node.remove());
    const near = this.options(view.nearest.map(([code, name]) => [name, code]));
    near.forEach((node) => (node.dataset.near = "yes"));
    list.prepend(...near);
  }

  alike(pair, at) {
    const [code, name] = pair;
    const pressed = String(code === this.view.code);
    const about = { type: "button", title: code, "aria-pressed": pressed, onclick: () => this.take(pair) };
    return make("button", about, make("kbd", {}, String(at + 1)), ` ${name}`);
  }

  pieces() {
    const cut = (text) => make("span", { class: "pm-cut" }, text);
    const pieces = this.view.text.map(([text, at, state]) => {
      if (!state) return text;
      const sign = SIGNS[state] ? make("sup", {}, SIGNS[state]) : "";
      const front = at === this.view.at && "true";
      const about = { class: `pm-is-${state}`, title: this.texts[state], "data-at": at, "aria-current": front };
      return make("mark", about, text, sign);
    });
    const [before, behind] = this.view.cut;
    const { earlier, further } = this.texts;
    return [before ? cut(`… ${earlier}\n`) : "", ...pieces, behind ? cut(`\n${further} …`) : ""];
  }

  restore(field) {
    if (!field || !this.view.fields) return;
    const { control } = this.controls[field];
    const { notice } = this.view;
    const value = notice.field === field ? notice.value : this.view.fields[field][0];
    const offered = control.tagName !== "SELECT" || [...control.options].some((one) => one.value === value);
    if (!offered) control.append(make("option", { value }, value));
    control.value = value;
    if (notice.field !== field) delete control.dataset.sent;
  }

  drop(field) {
    const { control } = this.controls[field];
    [control.value] = this.view.fields[field];
    delete control.dataset.sent;
    if (this.view.notice.field) this.send("go", { to: this.view.at }); // what was refused is dropped there too
  }

  describe(field) {
    const { texts, view } = this;
    const { control, from } = this.controls[field];
    const [value, source, look] = view.fields[field];
    const refused = view.notice.field === field;
    const told = [];
    if (look) told.push(make("b", { class: "pm-look" }, `? ${texts.needs_look}`));
    if (refused) told.push(make("b", { class: "pm-fault", role: "alert" }, `✗ ${view.notice.text}`));
    if (source) told.push(filled(texts.from, this.words.sources[source] || source));
    if (field === "value" && look) told.push(texts.clash);
    if (field === "value" && view.before) told.push(filled(texts.before, view.before));
    if (field === "indicator" && !view.code && value) told.push(texts.new);
    const renamed = field === "indicator" && view.code && view.drafted && view.drafted !== value;
    if (renamed) told.push(filled(texts.drafted, view.drafted));
    from.replaceChildren(...told.flatMap((one, at) => (at ? [" · ", one] : [one])));
    control.setAttribute("aria-invalid", String(refused));
    control.closest(".pm-field").classList.toggle("pm-doubtful", look);
  }
}

export default {
  render({ model, el }) {
    const panel = new Panel(model);
    el.append(panel.root);
    requestAnimationFrame(() => panel.show()); // where the text is scrolled to is known once it is shown
    return () => panel.close();
  },
};
