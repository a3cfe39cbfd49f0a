// Makes the pages nicer: keys, completion, copied citations, a basket. Nothing depends on it.
// Text is only ever put into the page as text.
(function () {
  "use strict";
  var live = document.getElementById("live");
  var box = document.getElementById("q");
  var told;

  function tell(message) {
    live.textContent = message;
    clearTimeout(told);
    told = setTimeout(function () { live.textContent = ""; }, 2500);
  }

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  // The basket: [{id, citation}], kept in this browser.
  var KEY = "chapeau-basket", MOST = 500;
  function basket() {
    try {
      var kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(kept) ? kept.filter(function (one) { return one && typeof one.id === "string"; }) : [];
    } catch (_) { return []; }
  }
  function keep(chosen) {
    try { localStorage.setItem(KEY, JSON.stringify(chosen)); } catch (_) { tell("The basket is full."); }
    show();
  }
  function toggle(hit) {
    var id = hit.dataset.clause, chosen = basket();
    var others = chosen.filter(function (one) { return one.id !== id; });
    if (others.length === chosen.length) {
      if (chosen.length >= MOST) { tell("The basket is full."); return; }
      others.push({ id: id, citation: hit.dataset.citation });
      tell("Added to the basket.");
    } else { tell("Taken out of the basket."); }
    keep(others);
  }
  function show() {
    var chosen = basket(), ids = chosen.map(function (one) { return one.id; });
    document.getElementById("basket-count").textContent = chosen.length ? String(chosen.length) : "";
    all("button[data-choose]").forEach(function (button) {
      var on = ids.indexOf(button.dataset.choose) >= 0;
      button.hidden = false;
      button.setAttribute("aria-pressed", String(on));
      button.textContent = on ? "in the basket" : "add to basket";
    });
    list(chosen);
  }
  function list(chosen) {
    var form = document.getElementById("basket"), items = document.getElementById("basket-list");
    if (!form) { return; }
    form.hidden = !chosen.length;
    document.getElementById("basket-nothing").hidden = chosen.length > 0;
    items.textContent = "";
    chosen.forEach(function (one) {
      var item = document.createElement("li"), link = document.createElement("a");
      var field = document.createElement("input"), out = document.createElement("button");
      link.href = "/clauses/" + encodeURIComponent(one.id);
      link.textContent = String(one.citation || one.id);
      field.type = "hidden"; field.name = "id"; field.value = one.id;
      out.type = "button"; out.textContent = "remove";
      out.setAttribute("aria-label", "remove " + link.textContent);
      out.addEventListener("click", function () {
        keep(basket().filter(function (other) { return other.id !== one.id; }));
      });
      item.append(link, " ", out, field);
      items.append(item);
    });
  }

  function copy(words) {
    var done = function () { tell("Copied: " + words); };
    var failed = function () { tell("Your browser does not let a page copy here."); };
    if (navigator.clipboard) { navigator.clipboard.writeText(words).then(done, failed); } else { failed(); }
  }

  // Hits, or matches in a document, one after the other.
  var hits = all(".hit"), matches = all("[id^='match-']"), at = -1;
  function go(step) {
    var places = hits.length ? hits : matches;
    if (!places.length) { return; }
    at = Math.max(0, Math.min(places.length - 1, at + step));
    hits.forEach(function (hit, n) { hit.classList.toggle("at", n === at); });
    var target = hits.length ? places[at].querySelector("h2 a") : places[at];
    target.focus({ preventScroll: true });
    places[at].scrollIntoView({ block: "center" });
  }
  hits.forEach(function (hit, n) { hit.addEventListener("focusin", function () { at = n; }); });
  matches.forEach(function (match, n) { match.addEventListener("focusin", function () { at = n; }); });

  var keys = {
    "/": function () { box.focus(); box.select(); },
    "j": function () { go(1); },
    "k": function () { go(-1); },
    "o": function () { if (hits[at]) { hits[at].querySelector("h2 a").click(); } },
    "c": function () { if (hits[at]) { copy(hits[at].dataset.citation); } },
    "b": function () { if (hits[at]) { toggle(hits[at]); } },
    "?": function () { location.href = "/help"; }
  };
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) { typing.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) { return; }
    event.preventDefault();
    keys[event.key]();
  });

  document.addEventListener("click", function (event) {
    var choose = event.target.closest("button[data-choose]");
    var cite = event.target.closest("button[data-copy]");
    var link = event.target.closest("a.copy");
    if (choose) { toggle(choose.closest(".hit")); }
    if (cite) { copy(document.getElementById(cite.dataset.copy).textContent); }
    if (link && navigator.clipboard && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      copy(link.closest(".hit").dataset.citation);
    }
  });

  // Completion of the last word by a word or a symbol, and of all that was typed by a heading or a
  // title. An answer that comes after a later letter is thrown away.
  var options = document.getElementById("completions"), asked = 0, soon;
  function complete() {
    var words = box.value, last = words.split(/\s/).pop(), turn = ++asked;
    if (!/^[\p{L}\p{N}][\p{L}\p{N}/().-]+$/u.test(last)) { options.textContent = ""; return; }
    fetch("/api/suggest?q=" + encodeURIComponent(words)).then(function (answer) {
      return answer.ok ? answer.json() : [];
    }).then(function (found) {
      if (turn !== asked) { return; }
      options.textContent = "";
      found.forEach(function (one) {
        var option = document.createElement("option");
        var whole = one.of === "heading" || one.of === "title";
        option.value = whole ? one.text : words.slice(0, words.length - last.length) + one.text;
        options.append(option);
      });
    }).catch(function () {});
  }
  box.addEventListener("input", function () { clearTimeout(soon); soon = setTimeout(complete, 80); });

  // How many versions each hit has is counted after the page is there: it takes longer than a search.
  function countVersions() {
    var links = all("a[data-versions]");
    if (!links.length) { return; }
    var ids = links.map(function (link) { return "id=" + encodeURIComponent(link.dataset.versions); });
    fetch("/api/versions?" + ids.join("&")).then(function (answer) {
      return answer.ok ? answer.json() : [];
    }).then(function (found) {
      found.forEach(function (one) {
        links.forEach(function (link) {
          if (link.dataset.versions === one.id) { link.textContent = one.in_words || "only here"; }
        });
      });
    }).catch(function () {});
  }
  countVersions();

  all("button[data-copy]").forEach(function (button) { button.hidden = false; });
  all("a.copy").forEach(function (link) { if (navigator.clipboard) { link.textContent = "copy citation"; } });
  var empty = document.getElementById("basket-empty");
  if (empty) { empty.addEventListener("click", function () { keep([]); }); }
  if (matchMedia("(max-width:52rem)").matches) {
    all("details.all, .outline details").forEach(function (details) { details.open = false; });
  }
  window.addEventListener("storage", show);
  show();
})();
