// A little help where there is script; every page works without it.
(function () {
  "use strict";
  var root = document.documentElement;
  var keep = { get: function () { try { return localStorage.getItem("detente-theme"); } catch (e) { return null; } },
               set: function (value) { try { localStorage.setItem("detente-theme", value); } catch (e) { /* not kept */ } } };
  if (keep.get() === "dark" || keep.get() === "light") { root.setAttribute("data-theme", keep.get()); }

  function isDark() {
    return (root.getAttribute("data-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }

  function theme() {
    var button = document.getElementById("theme");
    if (!button) { return; }
    function say() { button.textContent = isDark() ? "Light" : "Dark"; button.setAttribute("aria-label", (isDark() ? "Light" : "Dark") + " colours"); }
    button.hidden = false;
    say();
    button.addEventListener("click", function () {
      var next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      keep.set(next);
      say();
    });
  }

  // The part of another page of this server; asks again while that page says that it is being computed.
  function part(address, told) {
    return fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" }).then(function (answer) {
      return answer.text().then(function (text) {
        var found = new DOMParser().parseFromString(text, "text/html").getElementById("part");
        if (answer.status !== 202) { return { part: found, done: answer.ok }; }
        told(found);
        return new Promise(function (done) { setTimeout(done, 1500); }).then(function () { return part(address, told); });
      });
    });
  }

  function copy(from, name) { return document.importNode(from.querySelector(name), true); }

  function fill(section) {
    var status = document.createElement("p");
    status.className = "quiet";
    status.setAttribute("role", "status");
    status.textContent = "Loading…";
    section.querySelectorAll("button, p").forEach(function (node) { node.remove(); });
    section.appendChild(status);
    var bar = null;
    part(section.dataset.from, function (waiting) {
      if (!bar) { status.textContent = waiting.querySelector("[role=status]").textContent; bar = section.appendChild(document.createElement("div")); }
      bar.replaceChildren(copy(waiting, "progress"), copy(waiting, "[data-told]"));
    }).then(function (answer) {
      var found = answer.part;
      if (!found) { throw new Error("no part"); }
      var box = document.createElement("div");
      box.className = "part-in";
      found.querySelectorAll("h2").forEach(function (node) {
        var lower = document.createElement("h3");
        while (node.firstChild) { lower.appendChild(node.firstChild); }
        node.replaceWith(lower);
      });
      found.querySelectorAll("[aria-labelledby='notes']").forEach(function (node) { node.removeAttribute("aria-labelledby"); });
      while (found.firstChild) { box.appendChild(found.firstChild); }
      status.remove();
      if (bar) { bar.remove(); }
      section.appendChild(box);
    }).catch(function () { if (bar) { bar.remove(); } status.textContent = "This could not be loaded; its own page may say why."; });
  }

  function later() {
    document.querySelectorAll("section.later").forEach(function (section) {
      if ("missing" in section.dataset) { return; }
      if ("now" in section.dataset) { fill(section); return; }
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = "Show here";
      button.setAttribute("aria-describedby", section.getAttribute("aria-labelledby"));
      button.addEventListener("click", function () { fill(section); });
      section.appendChild(button);
    });
  }

  function waiting() {
    var box = document.querySelector("[data-waiting]");
    if (!box) { return; }
    part(location.href, function (now) {
      ["progress", "[data-told]"].forEach(function (name) { box.querySelector(name).replaceWith(copy(now, name)); });
    }).then(function (answer) {
      // A computation that was cut off is not begun again by itself.
      if (answer.done || !answer.part) { location.reload(); return; }
      box.removeAttribute("data-waiting");
      box.replaceChildren.apply(box, Array.from(answer.part.childNodes));
    });
  }

  document.addEventListener("DOMContentLoaded", function () { theme(); later(); waiting(); });
})();
