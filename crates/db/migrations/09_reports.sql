-- Promise 3 goes on after a report is handed in: what it says, its figures and the entries behind
-- them stay, and another person accepts it.

--[sqlite
CREATE TRIGGER reports_begin BEFORE INSERT ON reports
WHEN NEW.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'loa: a report begins as a draft'); END;
CREATE TRIGGER reports_forward BEFORE UPDATE OF state ON reports
WHEN NEW.state <> OLD.state
 AND NOT (OLD.state = 'draft' AND NEW.state = 'submitted')
 AND NOT (OLD.state = 'submitted' AND NEW.state IN ('returned', 'accepted'))
BEGIN SELECT RAISE(ABORT, 'loa: a report goes from draft to submitted, then is returned or accepted'); END;
CREATE TRIGGER reports_whole BEFORE UPDATE ON reports
WHEN NEW.state <> 'draft' AND (NEW.snapshot IS NULL OR NEW.sha256 IS NULL OR NEW.submitted_by IS NULL)
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report has its bytes, their hash and its sender'); END;
CREATE TRIGGER reports_by_another BEFORE UPDATE ON reports
WHEN NEW.state = 'accepted' AND (NEW.accepted_by IS NULL OR NEW.accepted_by = NEW.submitted_by)
BEGIN SELECT RAISE(ABORT, 'loa: a report is accepted by another person than who submitted it'); END;
CREATE TRIGGER reports_stay BEFORE UPDATE ON reports
WHEN OLD.state <> 'draft' AND (
    NEW.id <> OLD.id OR NEW.regime_id <> OLD.regime_id OR NEW.unit_id <> OLD.unit_id OR NEW.year <> OLD.year
    OR NEW.version <> OLD.version OR NEW.period_from <> OLD.period_from OR NEW.period_to <> OLD.period_to
    OR NEW.narrative <> OLD.narrative OR NEW.snapshot IS NOT OLD.snapshot OR NEW.sha256 IS NOT OLD.sha256
    OR NEW.submitted_by IS NOT OLD.submitted_by OR NEW.submitted_at IS NOT OLD.submitted_at)
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report is frozen'); END;
CREATE TRIGGER reports_answered BEFORE UPDATE ON reports
WHEN OLD.state IN ('returned', 'accepted') AND (
    NEW.remarks IS NOT OLD.remarks OR NEW.accepted_by IS NOT OLD.accepted_by OR NEW.accepted_at IS NOT OLD.accepted_at)
BEGIN SELECT RAISE(ABORT, 'loa: the answer to a report is frozen'); END;
CREATE TRIGGER reports_kept BEFORE DELETE ON reports
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report cannot be taken away'); END;

CREATE TRIGGER report_figures_closed BEFORE INSERT ON report_figures
WHEN EXISTS (SELECT 1 FROM reports WHERE id = NEW.report_id AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report keeps its figures'); END;
CREATE TRIGGER report_figures_stay BEFORE UPDATE ON report_figures
WHEN EXISTS (SELECT 1 FROM reports WHERE id IN (OLD.report_id, NEW.report_id) AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report keeps its figures'); END;
CREATE TRIGGER report_figures_kept BEFORE DELETE ON report_figures
WHEN EXISTS (SELECT 1 FROM reports WHERE id = OLD.report_id AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report keeps its figures'); END;
CREATE TRIGGER report_evidence_closed BEFORE INSERT ON report_evidence
WHEN EXISTS (SELECT 1 FROM reports WHERE id = NEW.report_id AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report keeps its evidence'); END;
CREATE TRIGGER report_evidence_stays BEFORE UPDATE ON report_evidence
WHEN EXISTS (SELECT 1 FROM reports WHERE id IN (OLD.report_id, NEW.report_id) AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report keeps its evidence'); END;
CREATE TRIGGER report_evidence_kept BEFORE DELETE ON report_evidence
WHEN EXISTS (SELECT 1 FROM reports WHERE id = OLD.report_id AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report keeps its evidence'); END;
--]
--[postgres
CREATE FUNCTION loa_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'loa: a submitted report cannot be taken away';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'loa: a report begins as a draft';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state
        AND NOT (OLD.state = 'draft' AND NEW.state = 'submitted')
        AND NOT (OLD.state = 'submitted' AND NEW.state IN ('returned', 'accepted')) THEN
        RAISE EXCEPTION 'loa: a report goes from draft to submitted, then is returned or accepted';
    END IF;
    IF NEW.state <> 'draft' AND (NEW.snapshot IS NULL OR NEW.sha256 IS NULL OR NEW.submitted_by IS NULL) THEN
        RAISE EXCEPTION 'loa: a submitted report has its bytes, their hash and its sender';
    END IF;
    IF NEW.state = 'accepted' AND (NEW.accepted_by IS NULL OR NEW.accepted_by = NEW.submitted_by) THEN
        RAISE EXCEPTION 'loa: a report is accepted by another person than who submitted it';
    END IF;
    IF OLD.state <> 'draft'
        AND (NEW.id, NEW.regime_id, NEW.unit_id, NEW.year, NEW.version, NEW.period_from, NEW.period_to,
             NEW.narrative, NEW.snapshot, NEW.sha256, NEW.submitted_by, NEW.submitted_at)
        IS DISTINCT FROM
            (OLD.id, OLD.regime_id, OLD.unit_id, OLD.year, OLD.version, OLD.period_from, OLD.period_to,
             OLD.narrative, OLD.snapshot, OLD.sha256, OLD.submitted_by, OLD.submitted_at) THEN
        RAISE EXCEPTION 'loa: a submitted report is frozen';
    END IF;
    IF OLD.state IN ('returned', 'accepted')
        AND (NEW.remarks, NEW.accepted_by, NEW.accepted_at)
        IS DISTINCT FROM (OLD.remarks, OLD.accepted_by, OLD.accepted_at) THEN
        RAISE EXCEPTION 'loa: the answer to a report is frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_stay BEFORE INSERT OR UPDATE OR DELETE ON reports
    FOR EACH ROW EXECUTE FUNCTION loa_report();

-- Looked at once a statement: a report of a province has many rows of evidence.
CREATE FUNCTION loa_report_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM reports
        WHERE state <> 'draft' AND id IN (SELECT DISTINCT report_id FROM changed);
    IF FOUND THEN
        RAISE EXCEPTION 'loa: a submitted report keeps its figures and its evidence';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER report_figures_closed AFTER INSERT ON report_figures
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION loa_report_part();
CREATE TRIGGER report_figures_kept AFTER DELETE ON report_figures
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION loa_report_part();
CREATE TRIGGER report_figures_stay BEFORE UPDATE ON report_figures
    FOR EACH ROW EXECUTE FUNCTION loa_refuse('figures are counted anew, not changed');
CREATE TRIGGER report_evidence_closed AFTER INSERT ON report_evidence
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION loa_report_part();
CREATE TRIGGER report_evidence_kept AFTER DELETE ON report_evidence
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION loa_report_part();
CREATE TRIGGER report_evidence_stays BEFORE UPDATE ON report_evidence
    FOR EACH ROW EXECUTE FUNCTION loa_refuse('evidence is counted anew, not changed');
--]
