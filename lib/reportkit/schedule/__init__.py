"""Reports on a schedule: JupyterLab with jupyter-scheduler, whose jobs our renderer makes."""
