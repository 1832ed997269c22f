"""jupyter-scheduler's seams: which formats there are, and how a job is executed."""

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

        By itself the scheduler would keep them to itself until somebody asks for them. It shows the text of a
        RuntimeError where the notebook fails (what it had produced until then is kept, if the notebook was
        among the formats asked for), of Refused where what was asked for does not fit it or the data.
        """
        asked = self.model
        notebook = Path(self.staging_paths["input"])
        wanted = {ending: Path(path) for ending, path in self.staging_paths.items() if ending in _FORMATS}
        name = next((path.name.removesuffix(f".{kind}") for kind, path in wanted.items()), notebook.stem)
        job = request.job(notebook, name, asked.parameters or {}, Path(self.root_dir), self._period())
        asks = {"brief" if kind in _BRIEF else kind for kind in wanted}
        options = Options(formats=tuple(kind for kind in FORMATS if kind in asks))
        text = notebook.read_text(encoding="utf-8")
        made = make(Task(job, text, {}, library(), options, alone=True))
        kept = {".ipynb": made.files[".failed.ipynb"]} if ".failed.ipynb" in made.files else made.files
        folder = Path(self.root_dir, JOBS, create_output_directory(asked.input_filename, asked.job_id))
        folder.mkdir(parents=True, exist_ok=True)
        files.write(folder / notebook.name, text)
        for ending, path in wanted.items():
            content = kept.get(_BRIEF.get(ending, f".{ending}"))
            if content is not None:
                files.write(path, content)
            if content is not None and ending not in _BRIEF:
                files.write(folder / path.name, content)
        for ending in _BRIEF.values():  # by the names that the page leads to
            if ending in kept:
                files.write(folder / f"{name}{ending}", kept[ending])
        if made.reason:
            raise RuntimeError(made.reason)

    def _period(self) -> str | None:
        """The month that a scheduled job is due in; None for a job that somebody asked for at once."""
        with self.db_session() as session:
            asked = session.query(JobDefinition).filter_by(job_definition_id=self.model.job_definition_id)
            definition = asked.first()
            if definition is None or not definition.schedule:
                return None
            return request.scheduled(definition.schedule, definition.timezone, self.model.create_time / 1000)

    # these two are handed the class, without being class methods

    def supported_features(cls) -> dict[JobFeature, bool]:  # pyright: ignore[reportSelfClsParameterName]
        """What the form shows."""
        able = ("job_name", "parameters", "output_formats", "job_definition", "stop_job", "delete_job")
        return {feature: feature.value in able for feature in JobFeature}

    def validate(cls, input_path: str) -> bool:  # pyright: ignore[reportSelfClsParameterName]
        """Whether a file is a notebook at all; what else is wrong with it, the job says."""
        try:
            nbformat.read(input_path, as_version=4)
        except Exception:  # whatever nbformat stumbles over
            return False
        return True
