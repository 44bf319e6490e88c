/** Says at the field what is wrong with what was chosen; nothing when it is right. */
export function beside(input, words) {
  const group = input.closest(".govuk-form-group");
  group.querySelector("[data-refused]")?.remove();
  group.classList.toggle("govuk-form-group--error", Boolean(words));
  input.classList.toggle("govuk-file-upload--error", Boolean(words));
  if (words) {
    const error = Object.assign(document.createElement("p"), { className: "govuk-error-message", textContent: words });
    error.dataset.refused = "yes";
    error.setAttribute("role", "alert");
    input.before(error);
  }
}
