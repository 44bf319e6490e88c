/** Takes away what the server said of fields that are right by now: beside them, and in the summary of all problems. */
export function settled(...inputs) {
  const summary = document.querySelector(".govuk-error-summary");
  for (const input of inputs) {
    const group = input.closest(".govuk-form-group");
    group.querySelector(".govuk-error-message")?.remove();
    group.classList.remove("govuk-form-group--error");
    input.classList.remove("govuk-input--error", "govuk-file-upload--error");
    summary?.querySelectorAll(`a[href="#${input.id}"]`).forEach((link) => link.closest("li").remove());
  }
  if (summary && !summary.querySelector("li")) {
    summary.remove();
  }
}

/** Says at the field what is wrong with what was chosen or put in; nothing when it is right. */
export function beside(input, words) {
  const group = input.closest(".govuk-form-group");
  group.querySelector("[data-refused]")?.remove();
  group.classList.toggle("govuk-form-group--error", Boolean(words || group.querySelector(".govuk-error-message")));
  input.classList.toggle("govuk-file-upload--error", Boolean(words) && input.type === "file");
  if (words) {
    const error = Object.assign(document.createElement("p"), { className: "govuk-error-message", textContent: words });
    error.dataset.refused = "yes";
    error.setAttribute("role", "alert");
    (input.closest(".cp-composer") ?? input).before(error);
  }
}
