{% load static %}// What every page needs, for the part of the service worker that shows pages without a network.
self.shell = {
  offline: "{% url 'look:offline' %}",
  switches: ["{% url 'look:elder' %}", "{% url 'look:theme' %}", "{% url 'look:language' %}"],
  files: [
    "{% static 'look/baixing.css' %}",
    "{% static 'look/htmx.min.js' %}",
    "{% static 'look/baixing.js' %}",
    "{% static 'look/draft.js' %}",
    "{% static 'look/taps.js' %}",
    "{% static 'look/icons.svg' %}",
    "{% static 'look/mark.svg' %}",
  ],
};
importScripts("{% static 'look/worker.js' %}");

