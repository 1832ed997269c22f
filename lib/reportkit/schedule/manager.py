"""The classes that jupyter-scheduler calls: which formats there are, and how a job is executed."""

from pathlib import Path

import nbformat
from jupyter_scheduler.environments import EnvironmentManager
from jupyter_scheduler.executors import ExecutionManager
from jupyter_scheduler.models import JobFeature, RuntimeEnvironment
from jupyter_scheduler.orm import JobDefinition
from jupyter_scheduler.utils import create_output_directory

from reportkit import files
from reportkit.findings import reader_language
from reportkit.formats.endings import FILES, WORDS
from reportkit.kernel import client
from reportkit.language import Text, chosen, using
from reportkit.render.executors import make
from reportkit.render.manifest import library
from reportkit.render.tasks import FORMATS, Options, Task
from reportkit.schedule import request

JOBS = "jobs"  # below the folder that JupyterLab shows
_BRIEF = {ending.removeprefix("-"): ending for ending in FILES["brief"]}
_FORMATS: dict[str, Text] = {
    **{"html": "HTML", "pdf": "PDF", "docx": "Word", "xlsx": "Excel"},
    **{name: WORDS[ending] for name, ending in _BRIEF.items()},
    "ipynb": ("笔记本", "Notebook"),
}


class Environments(EnvironmentManager):
    """One environment, this one, with the formats of our reports."""

    def list_environments(self) -> list[RuntimeEnvironment]:
        """What the form offers."""
        names = dict.fromkeys(("name", "label", "description"), client.spec())
        formats = {"file_extensions": ["ipynb"], "output_formats": [*_FORMATS]}
        return [RuntimeEnvironment(**names, **formats, metadata={})]

    def manage_environments_command(self) -> str:
        return ""  # there is nothing to manage

    def output_formats_mapping(self) -> dict[str, str]:
        with using(reader_language()):
            return {name: chosen(words) for name, words in _FORMATS.items()}


class Renders(ExecutionManager):
    """Makes a job's report as a run of recipes does; a job whose notebook fails has failed."""

    def execute(self) -> None:
        """Make the report and put its files where the scheduler looks for them and where its reader does.

        Otherwise the scheduler would keep them until somebody downloads them. It shows the text of the
        exception: RuntimeError if the notebook fails (its partial output is kept if the notebook is among the
        formats requested), Refused if the request does not fit the notebook or the data.
        """
        model = self.model
        notebook = Path(self.staging_paths["input"])
        targets = {ending: Path(path) for ending, path in self.staging_paths.items() if ending in _FORMATS}
        name = next((path.name.removesuffix(f".{kind}") for kind, path in targets.items()), notebook.stem)
        job = request.job(notebook, name, model.parameters or {}, Path(self.root_dir), self._period())
        formats = {"brief" if kind in _BRIEF else kind for kind in targets}
        options = Options(formats=tuple(kind for kind in FORMATS if kind in formats))
        text = notebook.read_text(encoding="utf-8")
        output = make(Task(job, text, {}, library(), options, alone=True))
        failed = output.files.get(".failed.ipynb")
        contents = output.files if failed is None else {".ipynb": failed}
        folder = Path(self.root_dir, JOBS, create_output_directory(model.input_filename, model.job_id))
        folder.mkdir(parents=True, exist_ok=True)
        files.write(folder / notebook.name, text)
        for ending, path in targets.items():
            content = contents.get(_BRIEF.get(ending, f".{ending}"))
            if content is not None:
                files.write(path, content)
            if content is not None and ending not in _BRIEF:
                files.write(folder / path.name, content)
        for ending in _BRIEF.values():  # by the names that the page leads to
            if ending in contents:
                files.write(folder / f"{name}{ending}", contents[ending])
        if output.reason:
            raise RuntimeError(output.reason)

    def _period(self) -> str | None:
        """The month of a scheduled job, as a period; None for a job that was started by hand."""
        with self.db_session() as session:
            query = session.query(JobDefinition).filter_by(job_definition_id=self.model.job_definition_id)
            definition = query.first()
            if definition is None or not definition.schedule:
                return None
            return request.scheduled(definition.schedule, definition.timezone, self.model.create_time / 1000)

    # these two are handed the class, without being class methods

    def supported_features(cls) -> dict[JobFeature, bool]:  # pyright: ignore[reportSelfClsParameterName]
        """What the form shows."""
        able = ("job_name", "parameters", "output_formats", "job_definition", "stop_job", "delete_job")
        return {feature: feature.value in able for feature in JobFeature}

    def validate(cls, input_path: str) -> bool:  # pyright: ignore[reportSelfClsParameterName]
        """Whether a file is a notebook at all; other faults are reported by the job."""
        try:
            nbformat.read(input_path, as_version=nbformat.NO_CONVERT)
        except Exception:  # whatever nbformat stumbles over
            return False
        return True
